import { Button } from "./button";
import { ErrorNotice } from "./notice";
import type { Loaded } from "./use-loaded";

/** What is shown until a value has arrived, and when it does not. */
export function LoadEnd<T>({ loaded: { value, error, reload } }: { loaded: Loaded<T> }) {
  if (error.value !== null)
    return (
      <ErrorNotice error={error.value}>
        <Button onClick={reload}>Try again</Button>
      </ErrorNotice>
    );
  return value.value === null ? <p class="small-print">Loading…</p> : null;
}
