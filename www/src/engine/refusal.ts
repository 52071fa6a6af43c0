// What the WebAssembly modules throw: a refusal, which has a code and a sentence for the person. Anything else that
// is thrown is a defect.
import { ApiError, toApiError } from "../api/error";
import type { Refusal } from "../api/types";

export function isRefusal(thrown: unknown): thrown is Refusal {
  if (typeof thrown !== "object" || thrown === null) return false;
  const { code, message } = thrown as Partial<Record<keyof Refusal, unknown>>;
  return typeof code === "string" && typeof message === "string";
}

/** Whatever a module threw, as an error with words. */
export function refusalToApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError || !isRefusal(thrown)) return toApiError(thrown);
  return new ApiError(thrown.code, thrown.message, 422, thrown.field, null);
}
