import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { endOtherSignIns, endSignIn, getSignIns } from "../api/endpoints";
import type { SignInSummary } from "../api/types";
import type { Paged } from "../state/paged";
import { me } from "../state/session";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Confirm } from "../ui/confirm";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { PageEnd } from "../ui/page-end";
import { useAction } from "../ui/use-action";
import { usePaged } from "../ui/use-paged";
import { Email } from "./email";

/** Where the person is signed in, and how they get a new link. */
export function SignIns() {
  const sessions = usePaged(async () => ({ items: (await getSignIns()).sign_ins, next: null }));
  return (
    <>
      <Browsers sessions={sessions} />
      {me()?.role === "person" && sessions.items.value !== null && <Email />}
    </>
  );
}

/** The browsers that are signed in, and how to sign them out. */
function Browsers({ sessions }: { sessions: Paged<SignInSummary> }) {
  const confirming = useSignal(false);
  const { busy, error, run } = useAction();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = sessions.items.value ?? [];

  const keep = (kept: (session: SignInSummary) => boolean, sentence: string) => {
    sessions.items.value = shown.filter(kept);
    announce(sentence);
    // The button that had the focus is gone.
    heading.current?.focus();
  };
  const end = ({ id, browser }: SignInSummary) =>
    run(async () => {
      await endSignIn(id);
      keep((session) => session.id !== id, `${browser} is signed out.`);
    });
  const endOthers = async () => {
    await endOtherSignIns();
    keep(({ current }) => current, "Every other browser is signed out.");
  };

  return (
    <section class="screen-section" aria-labelledby="sign-ins-title">
      <h2 id="sign-ins-title" ref={heading} tabIndex={-1}>
        Where you are signed in
      </h2>
      <p class="screen-words">
        Sign out any browser that you do not know, and tell your studio: they can cancel links that somebody else may
        have.
      </p>
      {error.value && <ErrorNotice error={error.value} />}
      <ul class="entries">
        {shown.map((session) => (
          <li key={session.id} class="entry entry-with-action">
            <SessionEntry session={session} />
            {!session.current && (
              <Button
                disabled={busy.value}
                aria-label={`Sign out ${session.browser}${session.network === null ? "" : `, ${session.network}`}`}
                onClick={() => end(session)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <PageEnd list={sessions} />
      {shown.some(({ current }) => !current) && (
        <div>
          <Button onClick={() => (confirming.value = true)}>Sign out all others</Button>
        </div>
      )}
      {confirming.value && (
        <Confirm
          title="Sign out every other browser?"
          text="Only this one stays signed in. The others need a new link from your studio."
          action="Sign out all others"
          keep="Not now"
          onConfirm={endOthers}
          onClose={() => (confirming.value = false)}
        />
      )}
    </section>
  );
}

function SessionEntry({ session: { browser, network, current, first_seen, last_seen, expires_at } }: EntryProps) {
  return (
    <div>
      <p>
        {browser}
        {current && <strong class="tag">This browser</strong>}
      </p>
      <p class="small-print">
        Signed in <Moment at={first_seen} />
        {network !== null && ` from ${network}`}
        {last_seen !== null && (
          <>
            , last used <Moment at={last_seen} />
          </>
        )}
        . Ends <Moment at={expires_at} /> unless it is used again.
      </p>
    </div>
  );
}

interface EntryProps {
  session: SignInSummary;
}
