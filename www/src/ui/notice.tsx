import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/error";

/** An error in its own words, with the id to quote to the operator in small print. */
export function ErrorNotice({ error, children }: { error: ApiError; children?: ComponentChildren }) {
  return (
    <div class="notice" role="alert">
      <p>{error.message}</p>
      {error.requestId !== null && (
        <p class="small-print">
          Request <code>{error.requestId}</code>
        </p>
      )}
      {children}
    </div>
  );
}
