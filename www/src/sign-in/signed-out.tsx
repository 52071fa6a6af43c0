import type { ApiError } from "../api/error";
import { loadSession } from "../state/session";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { AskForLink } from "./ask-for-link";
import { Cover } from "./cover";

/** Every address of the studio, for a visitor who is not signed in. */
export function SignedOut({ error }: { error: ApiError | null }) {
  return (
    <Cover>
      <h1 tabIndex={-1}>Pictures that actually look like you.</h1>
      {error?.code === "suspended" ? <p>Your account is paused. Please speak to your studio.</p> : null}
      {error?.code === "unauthenticated" ? <p>Your session has ended. Your words are kept in this browser.</p> : null}
      <p>To sign in, open the link your studio sent you.</p>
      <AskForLink />
    </Cover>
  );
}

/** The studio did not answer when the page asked who is signed in. */
export function Unreachable({ error }: { error: ApiError }) {
  return (
    <div class="plain-page">
      <h1 tabIndex={-1}>The studio does not answer</h1>
      <ErrorNotice error={error}>
        <Button onClick={() => void loadSession()}>Try again</Button>
      </ErrorNotice>
    </div>
  );
}
