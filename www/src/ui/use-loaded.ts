import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type ApiError, toApiError } from "../api/error";

/** A value that a view loads when it is first shown. */
export interface Loaded<T> {
  /** Null until it has arrived. A view may change it after an action of its own. */
  value: Signal<T | null>;
  error: Signal<ApiError | null>;
  /** Loads it again. What is shown stays until it arrives. */
  reload(): void;
}

export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const value = useSignal<T | null>(null);
  const error = useSignal<ApiError | null>(null);
  const reload = async () => {
    error.value = null;
    try {
      value.value = await load();
    } catch (thrown) {
      error.value = toApiError(thrown);
    }
  };
  useEffect(() => void reload(), []);
  return { value, error, reload: () => void reload() };
}
