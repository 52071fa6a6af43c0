import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { mintLink, revokeLinks } from "../api/endpoints";
import type { Link, LinkRequest, Person } from "../api/types";
import { me } from "../state/session";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Confirm } from "../ui/confirm";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { MintedLink } from "./minted-link";

interface SignInSectionProps {
  person: Person;
  /** The other way in. */
  children: ComponentChildren;
}

/** How a person gets in: links, and the address under which they can ask for one. */
export function SignInSection({ person: { id, name, role, status }, children }: SignInSectionProps) {
  const minted = useSignal<Link | LinkRequest | null>(null);
  const revoking = useSignal(false);
  const { busy, error, run } = useAction();

  const mint = () =>
    run(async () => {
      minted.value = await mintLink(id, {});
      announce(
        "url" in minted.value ? `A link for ${name} is ready to copy.` : "The request waits for another operator.",
      );
    });
  const revoke = async () => {
    await revokeLinks(id);
    minted.value = null;
    announce(`The sign-in links of ${name} are canceled.`);
  };
  return (
    <section class="screen-section" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">Signing in</h2>
      {role === "operator" && (
        <p class="screen-words">
          An operator has power over everybody, so another operator has to approve a link for one. A studio with a
          single operator makes it with <code>cargo xtask sign-in</code>.
        </p>
      )}
      <div class="screen-actions">
        <Button disabled={busy.value || status === "suspended"} onClick={mint}>
          {role === "operator" ? "Ask for a sign-in link" : "Make a sign-in link"}
        </Button>
        <Button kind="quiet" onClick={() => (revoking.value = true)}>
          Cancel unused links
        </Button>
      </div>
      {error.value && <ErrorNotice error={error.value} />}
      {minted.value !== null &&
        ("url" in minted.value ? <MintedLink link={minted.value} name={name} /> : <Waiting request={minted.value} />)}
      {children}
      {revoking.value && (
        <Confirm
          title={`Cancel the links of ${name}?`}
          text="Every sign-in link that was made for them and not used stops working. Browsers that are signed in stay so."
          action="Cancel the links"
          keep="Not now"
          onConfirm={revoke}
          onClose={() => (revoking.value = false)}
        />
      )}
    </section>
  );
}

function Waiting({ request: { requested_by, expires_at, minutes } }: { request: LinkRequest }) {
  return (
    <p class="screen-note">
      {requested_by === me()?.id ? (
        <>
          Another operator has to approve this, before <Moment at={expires_at} />. Ask them to look under People: they
          get the link, which then works for {minutes} minutes.
        </>
      ) : (
        <>
          <code>{requested_by}</code> has asked for such a link already. You can approve it{" "}
          <a href="/operator">under People</a>.
        </>
      )}
    </p>
  );
}
