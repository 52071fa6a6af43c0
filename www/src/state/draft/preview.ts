import { computed } from "@preact/signals";
import type { Finding, Preview, Refusal, VariantError } from "../../api/types";
import { composerFor, fullModule, previewModule } from "../../engine/modules";
import { isRefusal } from "../../engine/refusal";
import { vocabulariesLoaded } from "../../engine/vocabularies";
import { chosenModel } from "../models";
import { compositionOf, isBlank } from "./composer-draft";
import { awaitingMaya, intended } from "./intended";
import { firstDraft, variety } from "./variety";

export type PreviewState =
  | { readonly state: "preparing" }
  /** Nothing is written yet. */
  | { readonly state: "empty" }
  /** `findings`: the linter's; empty until the full module has loaded. */
  | { readonly state: "ready"; readonly preview: Preview; readonly findings: readonly Finding[] }
  /** The request cannot be sent as it stands. */
  | { readonly state: "refused"; readonly refusal: Refusal }
  /** The choices in the words cannot be read. */
  | { readonly state: "choices"; readonly error: VariantError }
  /** The module could not be loaded. */
  | { readonly state: "unavailable" };

/** The preview of what the composer will send; of several prompts, the first. */
export const preview = computed<PreviewState>(() => {
  const model = chosenModel.value;
  if (isBlank(intended.value)) return { state: "empty" };
  if (previewModule.value.state === "failed") return { state: "unavailable" };
  if (previewModule.value.state === "loading" || model === null || awaitingMaya.value) return { state: "preparing" };
  if (variety.value.state === "faulty") return { state: "choices", error: variety.value.error };
  // Loaded vocabularies make the token counts exact.
  void vocabulariesLoaded.value;
  const composition = compositionOf(firstDraft.value);
  try {
    if (fullModule.value.state === "ready")
      return { state: "ready", ...composerFor(fullModule.value.module, model).review(composition) };
    // The small module composes alike, but estimates tokens and finds nothing.
    return {
      state: "ready",
      preview: composerFor(previewModule.value.module, model).preview(composition),
      findings: [],
    };
  } catch (thrown) {
    return { state: "refused", refusal: toRefusal(thrown) };
  }
});

function toRefusal(thrown: unknown): Refusal {
  if (isRefusal(thrown)) return thrown;
  console.error(thrown);
  return { code: "internal", field: null, message: "The preview could not be made. You can generate all the same." };
}
