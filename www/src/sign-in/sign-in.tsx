import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ApiError } from "../api/error";
import { navigate } from "../router";
import { me, signIn } from "../state/session";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { AskForLink } from "./ask-for-link";
import { Cover } from "./cover";

/** What to do about a link that does not work. */
const sentences: Partial<Record<ApiError["code"], string>> = {
  link_expired: "This link is too old. Ask your studio for a new one; it takes them a moment.",
  link_used: "This link was used already, and each works once. Ask your studio for a new one.",
  link_invalid: "This link does not open a studio. Copy it again, to the very end, or ask your studio for a new one.",
  suspended: "Your account is paused. Please speak to your studio.",
};

const tokenInAddress = () => location.hash.slice(1);

/**
 * The page of a sign-in link: one button. Opening the address does nothing by itself, so a mail scanner that visits
 * every link uses none up. The token follows `#`, so no server sees it before the button is pressed.
 */
export function SignIn() {
  const token = useSignal(tokenInAddress());
  const { busy, error, run } = useAction();

  useEffect(() => {
    const changed = () => {
      token.value = tokenInAddress();
      error.value = null;
    };
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);

  const enter = () =>
    run(async () => {
      const person = await signIn(token.value);
      navigate(person.role === "operator" ? "/operator" : "/", { replace: true });
    });

  const signedIn = me();
  const spent = error.value?.code.startsWith("link_") === true;
  return (
    <Cover>
      <h1 tabIndex={-1}>Pictures that actually look like you.</h1>
      {token.value === "" ? (
        <>
          <p>To sign in, open the link your studio sent you.</p>
          <AskForLink />
        </>
      ) : (
        <>
          {!spent && (
            <p>
              {signedIn === null
                ? "Your studio is ready. One step, and you are in."
                : `You are signed in as ${signedIn.name}. Continue to use this link instead.`}
            </p>
          )}
          {error.value && <ErrorNotice error={error.value} message={sentences[error.value.code]} />}
          {spent && <AskForLink />}
          {!spent && (
            <Button kind="primary" disabled={busy.value} onClick={enter}>
              {busy.value ? "Signing in…" : "Continue"}
            </Button>
          )}
        </>
      )}
      {signedIn !== null && (
        <p>
          <a href="/">Back to the studio</a>
        </p>
      )}
    </Cover>
  );
}
