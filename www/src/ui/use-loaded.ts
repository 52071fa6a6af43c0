import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type ApiError, toApiError } from "../api/error";

/** A value that a view loads when it is first shown. */
export interface Loaded<T> {
  /** Null until it has arrived. A view may change it after an action of its own. */
  value: Signal<T | null>;
  error: Signal<ApiError | null>;
  /** Loads it again. What is shown stays until it arrives. */
  reload(): void;
}

/** Loads by `load` at first, and again whenever `edition` changes. Only the last answer counts. */
export function useLoaded<T>(load: () => Promise<T>, edition?: unknown): Loaded<T> {
  const value = useSignal<T | null>(null);
  const error = useSignal<ApiError | null>(null);
  const last = useRef(0);
  const reload = async () => {
    last.current += 1;
    const own = last.current;
    error.value = null;
    try {
      const loaded = await load();
      if (own === last.current) value.value = loaded;
    } catch (thrown) {
      if (own === last.current) error.value = toApiError(thrown);
    }
  };
  useEffect(() => void reload(), [edition]);
  return { value, error, reload: () => void reload() };
}
