import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { declineMore } from "../api/endpoints";
import type { InboxItem } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** What people ask for. A change of their allowance answers them, too. */
export function Inbox({ waiting }: { waiting: readonly InboxItem[] }) {
  const list = useSignal(waiting);
  const { busy, error, run } = useAction();
  const heading = useRef<HTMLHeadingElement>(null);
  const items = list.value;
  const decline = (item: number) =>
    run(async () => {
      await declineMore(item);
      list.value = items.filter(({ id }) => id !== item);
      announce("The request is declined.");
      // The button that had the focus is gone.
      heading.current?.focus();
    });

  if (items.length === 0) return null;
  return (
    <section class="screen-section" aria-labelledby="inbox-title">
      <h2 id="inbox-title" ref={heading} tabIndex={-1}>
        They ask for more pictures
      </h2>
      {error.value && <ErrorNotice error={error.value} />}
      <ul class="entries">
        {items.map(({ id, person, at, note }) => (
          <li key={id} class="entry entry-with-action">
            <div>
              <p>
                <a href={`/operator/people/${person}`}>{person}</a>
                {note !== null && (
                  <>
                    {" "}
                    <q>{note}</q>
                  </>
                )}
              </p>
              <p class="small-print">
                <Moment at={at} />. Change their allowance to answer.
              </p>
            </div>
            <Button disabled={busy.value} aria-label={`Decline, ${person}`} onClick={() => decline(id)}>
              Decline
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
