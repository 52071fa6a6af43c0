import { ApiError, toApiError } from "../api/error";
import type { Refusal } from "../api/types";
import { loadEngine, tools } from "../preview/engine";

/** The wasm module, once it is there. */
export async function readyModule() {
  await arrived();
  const loaded = tools.peek();
  if (loaded.state !== "ready") {
    const sentence =
      "The part of the page that reads and writes recipes could not be loaded. Please try again in a moment.";
    throw new ApiError("unreachable", sentence, 0, null, null);
  }
  return loaded.module;
}

/** Waits for what is on its way; what failed is tried once more. */
async function arrived(): Promise<void> {
  if (tools.peek().state === "failed") return loadEngine();
  await new Promise<void>((resolve) => {
    const stop = tools.subscribe(({ state }) => {
      if (state === "loading") return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

/** What was thrown, in words: the module's own refusals have some. */
export function inWords(thrown: unknown): ApiError {
  if (thrown instanceof Error || typeof thrown !== "object" || thrown === null || !("message" in thrown))
    return toApiError(thrown);
  const { code, message, field } = thrown as Refusal;
  return new ApiError(code, message, 422, field, null);
}
