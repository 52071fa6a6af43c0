import { computed } from "@preact/signals";
import type { Preview } from "../api/types";
import { draft } from "../state/draft";
import { chosenModel } from "../state/models";
import { compositionOf } from "../state/request";
import { composerFor, engine } from "./engine";

/** Why there is no preview: the request cannot be sent as it stands. */
export interface Problem {
  readonly code: string;
  /** The request's field at fault, dotted. */
  readonly field: string | null;
  readonly message: string;
}

export type PreviewState =
  | { readonly state: "preparing" }
  /** Nothing is written yet. */
  | { readonly state: "empty" }
  | { readonly state: "ready"; readonly preview: Preview }
  | { readonly state: "problem"; readonly problem: Problem }
  /** The module could not be loaded. */
  | { readonly state: "unavailable" };

/** What the composer's present content will send. */
export const preview = computed<PreviewState>(() => {
  const model = chosenModel.value;
  const composition = compositionOf(draft.value);
  if (composition.text.trim() === "") return { state: "empty" };
  if (engine.value.state === "failed") return { state: "unavailable" };
  if (engine.value.state === "loading" || model === null) return { state: "preparing" };
  try {
    return { state: "ready", preview: composerFor(engine.value.module, model).preview(composition) };
  } catch (thrown) {
    return { state: "problem", problem: toProblem(thrown) };
  }
});

function toProblem(thrown: unknown): Problem {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
    const { code, field, message } = thrown as { code?: unknown; field?: unknown; message: unknown };
    return { code: String(code ?? "internal"), field: typeof field === "string" ? field : null, message: String(message) };
  }
  return { code: "internal", field: null, message: "The preview could not be made." };
}
