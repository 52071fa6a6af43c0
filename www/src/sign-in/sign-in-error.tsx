import type { ApiError } from "../api/error";

const sentences: Partial<Record<ApiError["code"], string>> = {
  link_expired: "This link is too old. Ask your studio for a new one; it takes them a moment.",
  link_used: "This link was used already, and each works once. Ask your studio for a new one.",
  link_invalid: "This link is not whole. Copy it again, to the very end, or ask your studio for a new one.",
  suspended: "Your account is paused. Please speak to your studio.",
};

/** Why a sign-in link did not work, and what to do. */
export function SignInError({ error }: { error: ApiError }) {
  return (
    <div class="notice" role="alert">
      <p>{sentences[error.code] ?? error.message}</p>
      {error.requestId !== null && (
        <p class="small-print">
          Request <code>{error.requestId}</code>
        </p>
      )}
    </div>
  );
}
