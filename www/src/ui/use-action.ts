import { type Signal, useSignal } from "@preact/signals";
import { type ApiError, toApiError } from "../api/error";

/** A button or form whose action takes a while and can fail. */
export interface Action {
  busy: Signal<boolean>;
  error: Signal<ApiError | null>;
  /** The error's sentence when it names `field`. */
  errorOf(field: string): string | null;
  /** Runs `action` unless one is running already. */
  run(action: () => Promise<void>): void;
}

export function useAction(): Action {
  const busy = useSignal(false);
  const error = useSignal<ApiError | null>(null);
  const run = async (action: () => Promise<void>) => {
    if (busy.peek()) return;
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
