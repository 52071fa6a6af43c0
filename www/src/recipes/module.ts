import { ApiError, toApiError } from "../api/error";
import type { Refusal } from "../api/types";
import { engine, loadEngine } from "../preview/engine";

/** The wasm module, once it is there. */
export async function readyModule() {
  if (engine.peek().state !== "ready") await loadEngine();
  const loaded = engine.peek();
  if (loaded.state !== "ready") {
    const sentence = "The part of the page that reads and writes recipes could not be loaded. Please try again in a moment.";
    throw new ApiError("unreachable", sentence, 0, null, null);
  }
  return loaded.module;
}

/** What was thrown, in words: the module's own refusals have some. */
export function inWords(thrown: unknown): ApiError {
  if (thrown instanceof Error || typeof thrown !== "object" || thrown === null || !("message" in thrown)) return toApiError(thrown);
  const { code, message, field } = thrown as Refusal;
  return new ApiError(code, message, 422, field, null);
}
