import { useRef } from "preact/hooks";
import { getEmail, getHealth, removeEmail } from "../api/endpoints";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useLoaded } from "../ui/use-loaded";

/** The address for new links, where the studio sends any. Only the studio sets it, because whoever reads it gets in. */
export function Email() {
  const loaded = useLoaded(async () => {
    const { links_by_email } = await getHealth();
    return { offered: links_by_email, email: links_by_email ? (await getEmail()).email : null };
  });
  const { busy, error, run } = useAction();
  const heading = useRef<HTMLHeadingElement>(null);
  const known = loaded.value.value;
  if (known === null || !known.offered) return null;

  const remove = () =>
    run(async () => {
      await removeEmail();
      loaded.value.value = { ...known, email: null };
      announce("Your e-mail address is removed.");
      // The button that had the focus is gone.
      heading.current?.focus();
    });
  return (
    <section class="screen-section" aria-labelledby="email-title">
      <h2 id="email-title" ref={heading} tabIndex={-1}>
        E-mail for new links
      </h2>
      <p class="screen-words">
        {known.email === null
          ? "When you are signed out, you can have a new link sent to your e-mail address. None is set: your studio can set yours, and it is used for nothing else."
          : "When you are signed out, you can have a new link sent to this address. It is used for nothing else. Your studio can change it."}
      </p>
      {error.value && <ErrorNotice error={error.value} />}
      {known.email !== null && (
        <div class="screen-actions">
          <strong>{known.email}</strong>
          <Button disabled={busy.value} onClick={remove}>
            Remove
          </Button>
        </div>
      )}
    </section>
  );
}
