import { signal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import type { Model, ShootListing } from "../api/types";
import { batch, canSendAll, sendAll } from "../state/sending/send-all";
import { me, picturesLeft, tooFewFor } from "../state/session";
import { Button } from "../ui/button";
import { WarningIcon } from "../ui/icons";
import type { Choice } from "./choice";
import { costSentence, type Plan, requestsOf, workSentence } from "./plan";

/** The choice that was sent last. Sent again, it makes the same pictures. */
const sent = signal<Choice | null>(null);

interface MakeProps {
  shoot: ShootListing;
  choice: Choice;
  plan: Plan;
  model: Model;
}

/** The cost, and the one button that spends it. */
export function Make({ shoot, choice, plan, model }: MakeProps) {
  const cost = useRef<HTMLParagraphElement>(null);
  const costId = useId();
  const { pictures } = plan.cost;
  const allowance = me()?.allowance ?? { granted: null, used: 0, reserved: 0 };
  const again = canSendAll.value && sent.value === choice;
  const makeable =
    canSendAll.value &&
    pictures > 0 &&
    tooFewFor(pictures, allowance) === null &&
    plan.looks.every(({ refusal }) => refusal === null);
  const send = () => {
    sent.value = choice;
    void sendAll(shoot.title, requestsOf(plan, model.id));
    // The button is disabled now. The batch note, beside the cost, shows what happens.
    cost.current?.focus();
  };
  return (
    <section class="shoot-make" aria-label="Make">
      <p ref={cost} id={costId} tabIndex={-1} class="shoot-cost">
        {costSentence(pictures, picturesLeft(allowance))}
      </p>
      {pictures > 0 && <p class="small-print">{workSentence(plan.cost)}</p>}
      <Warnings plan={plan} />
      <Button kind={again ? "plain" : "primary"} disabled={!makeable} aria-describedby={costId} onClick={send}>
        {batch.value?.state === "sending" ? "Sending…" : makeWords(pictures, again)}
      </Button>
      {again && (
        <p class="small-print">
          These were just sent. The same seeds make the same pictures: draw another for a new series.
        </p>
      )}
      {batch.value?.state === "stopped" && <p class="small-print">Send or leave the rest of the batch above first.</p>}
      <p class="small-print">
        The pictures arrive in the conversation and the gallery, and go on if you leave this page.
      </p>
    </section>
  );
}

function makeWords(pictures: number, again: boolean): string {
  const what = pictures === 1 ? "this picture" : pictures === 0 ? "pictures" : `these ${pictures} pictures`;
  return again ? `Make ${what} once more` : `Make ${what}`;
}

/** The warnings of all chosen shots, each once. */
function Warnings({ plan }: { plan: Plan }) {
  const messages = new Set(plan.chosen.flatMap(({ preview }) => preview.warnings.map(({ message }) => message)));
  if (messages.size === 0) return null;
  return (
    <ul class="warnings" aria-label="Before you make them">
      {[...messages].map((message) => (
        <li key={message}>
          <WarningIcon />
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}
