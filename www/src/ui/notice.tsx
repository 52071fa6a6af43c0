import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/error";

interface ErrorNoticeProps {
  error: ApiError;
  /** Replaces the error's own sentence. */
  message?: string | undefined;
  children?: ComponentChildren;
}

/** An error in words, with the request id in small print. */
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
