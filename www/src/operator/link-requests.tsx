import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { approveLink, declineLink } from "../api/endpoints";
import type { Link, LinkRequest } from "../api/types";
import { me } from "../state/session";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { MintedLink } from "./minted-link";

/** Operators' sign-in links that wait for a second operator. */
export function LinkRequests({ waiting }: { waiting: readonly LinkRequest[] }) {
  const list = useSignal(waiting);
  const approved = useSignal<{ link: Link; subject: string } | null>(null);
  const { busy, error, run } = useAction();
  const heading = useRef<HTMLHeadingElement>(null);
  const requests = list.value;

  const settle = (id: string, sentence: string) => {
    list.value = requests.filter((request) => request.id !== id);
    announce(sentence);
    // The button that had the focus is gone.
    heading.current?.focus();
  };
  const approve = ({ id, subject }: LinkRequest) =>
    run(async () => {
      approved.value = { link: await approveLink(id), subject };
      settle(id, `A link for ${subject} is ready to copy.`);
    });
  const decline = ({ id, requested_by }: LinkRequest) =>
    run(async () => {
      await declineLink(id);
      settle(id, requested_by === me()?.id ? "Your request is withdrawn." : "The request is declined.");
    });

  if (requests.length === 0 && approved.value === null) return null;
  return (
    <section class="screen-section" aria-labelledby="requests-title">
      <h2 id="requests-title" ref={heading} tabIndex={-1}>
        Links that wait for a second operator
      </h2>
      {error.value && <ErrorNotice error={error.value} />}
      {approved.value && <MintedLink link={approved.value.link} name={approved.value.subject} />}
      <ul class="entries">
        {requests.map((request) => (
          <li key={request.id} class="entry entry-with-action">
            <RequestWords request={request} />
            <div class="screen-actions">
              {request.requested_by !== me()?.id && (
                <Button kind="primary" disabled={busy.value} onClick={() => approve(request)}>
                  Approve
                </Button>
              )}
              <Button disabled={busy.value} onClick={() => decline(request)}>
                {request.requested_by === me()?.id ? "Withdraw" : "Decline"}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RequestWords({ request: { subject, requested_by, requested_at, expires_at, minutes } }: WordsProps) {
  return (
    <div>
      <p>
        {requested_by === me()?.id ? "You ask" : <code>{requested_by}</code>}
        {requested_by !== me()?.id && " asks"} for a sign-in link for the operator <code>{subject}</code>
      </p>
      <p class="small-print">
        Asked <Moment at={requested_at} />, waits until <Moment at={expires_at} />. Once approved, the link works for{" "}
        {minutes} minutes.
      </p>
    </div>
  );
}

interface WordsProps {
  request: LinkRequest;
}
