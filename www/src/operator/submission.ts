import { type Signal, useSignal } from "@preact/signals";
import { type ApiError, toApiError } from "../api/error";

/** A form or button on its way to the API. */
export interface Submission {
  busy: Signal<boolean>;
  error: Signal<ApiError | null>;
  /** The sentence for `field`, when the API named it. */
  errorOf(field: string): string | null;
  run(action: () => Promise<void>): void;
}

export function useSubmission(): Submission {
  const busy = useSignal(false);
  const error = useSignal<ApiError | null>(null);
  const run = async (action: () => Promise<void>) => {
    busy.value = true;
    error.value = null;
    try {
      await action();
    } catch (thrown) {
      error.value = toApiError(thrown);
    } finally {
      busy.value = false;
    }
  };
  return {
    busy,
    error,
    errorOf: (field) => (error.value?.field === field ? error.value.message : null),
    run: (action) => void run(action),
  };
}
