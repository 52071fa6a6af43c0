import { computed } from "@preact/signals";
import type { Finding, Preview, Refusal, VariantError } from "../api/types";
import { chosenModel } from "../state/models";
import { compositionOf, isBlank } from "../state/request";
import { composerFor, engine, linterFor, tools } from "./engine";
import { awaitingMaya, intended } from "./intended";
import { first, variety } from "./variety";
import { vocabulariesLoaded } from "./vocabularies";

export type PreviewState =
  | { readonly state: "preparing" }
  /** Nothing is written yet. */
  | { readonly state: "empty" }
  | { readonly state: "ready"; readonly preview: Preview }
  /** The request cannot be sent as it stands. */
  | { readonly state: "problem"; readonly problem: Refusal }
  /** The choices in the words cannot be read. */
  | { readonly state: "choices"; readonly error: VariantError }
  /** The module could not be loaded. */
  | { readonly state: "unavailable" };

/** What the composer's present content will send; of several prompts, the first. */
export const preview = computed<PreviewState>(() => {
  const model = chosenModel.value;
  if (isBlank(intended.value)) return { state: "empty" };
  if (engine.value.state === "failed") return { state: "unavailable" };
  if (engine.value.state === "loading" || model === null || awaitingMaya.value) return { state: "preparing" };
  if (variety.value.state === "faulty") return { state: "choices", error: variety.value.error };
  // What was estimated is counted once they are there.
  void vocabulariesLoaded.value;
  // Both modules compose the same; the whole one counts tokens, too.
  const { module } = tools.value.state === "ready" ? tools.value : engine.value;
  try {
    return { state: "ready", preview: composerFor(module, model).preview(compositionOf(first.value)) };
  } catch (thrown) {
    return { state: "problem", problem: toProblem(thrown) };
  }
});

/** What there is to say of it; nothing until the module that knows has arrived. */
export const findings = computed<readonly Finding[]>(() => {
  const model = chosenModel.value;
  if (preview.value.state !== "ready" || tools.value.state !== "ready" || model === null) return [];
  try {
    return linterFor(tools.value.module, model).inspect(compositionOf(first.value));
  } catch (thrown) {
    // What can be previewed can be inspected: anything else is a defect, and no reason to show nothing.
    console.error(thrown);
    return [];
  }
});

/** What the module throws is a refusal; anything else is a defect, of which the studio knows nothing. */
function toProblem(thrown: unknown): Refusal {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown)
    return thrown as Refusal;
  console.error(thrown);
  return { code: "internal", field: null, message: "The preview could not be made. You can generate all the same." };
}
