import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/error";

interface ErrorNoticeProps {
  error: ApiError;
  /** Words that suit the place better than the error's own. */
  message?: string | undefined;
  children?: ComponentChildren;
}

/** An error in words, with the id to quote to the operator in small print. */
export function ErrorNotice({ error, message = error.message, children }: ErrorNoticeProps) {
  return (
    <div class="notice" role="alert">
      <p>{message}</p>
      {error.requestId !== null && (
        <p class="small-print">
          Request <code>{error.requestId}</code>
        </p>
      )}
      {children}
    </div>
  );
}
