import { useRef } from "preact/hooks";
import { acceptSignIns, notices, rejectSignIn } from "../state/access/notices";
import { Button } from "../ui/button";
import { Moment, plural } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** Asks about sign-ins that the person has not been told of. `onDone` takes the focus when nothing is left to ask. */
export function NewSignIns({ onDone }: { onDone(): void }) {
  const { busy, error, run } = useAction();
  const box = useRef<HTMLElement>(null);
  const shown = notices.value;
  if (shown.length === 0) return null;

  const settle = (action: () => Promise<void>) =>
    run(async () => {
      await action();
      // The button that had the focus is gone.
      if (notices.peek().length === 0) onDone();
      else box.current?.focus();
    });
  return (
    <section class="new-sign-ins" aria-labelledby="new-sign-ins-title" ref={box} tabIndex={-1}>
      <h2 id="new-sign-ins-title">
        {shown.length === 1 ? "A new sign-in. Was that you?" : `${plural(shown.length, "new sign-in")}. Were they you?`}
      </h2>
      <ul>
        {shown.map((entry) => (
          <li key={entry.id}>
            <p>
              {entry.detail ?? "An unknown browser"}, <Moment at={entry.at} />
            </p>
            {entry.session !== null && (
              <Button kind="danger" disabled={busy.value} onClick={() => settle(() => rejectSignIn(entry))}>
                Not me: sign it out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {error.value && <ErrorNotice error={error.value} />}
      <Button disabled={busy.value} onClick={() => settle(acceptSignIns)}>
        {shown.length === 1 ? "Yes, that was me" : "Yes, all of them"}
      </Button>
    </section>
  );
}
