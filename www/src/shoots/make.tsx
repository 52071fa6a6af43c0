import { signal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Model, ShootListing } from "../api/types";
import { navigate } from "../router";
import { costSentence, workSentence } from "../series/cost";
import { startShoot } from "../state/series/series";
import { me, picturesLeft, tooFewFor } from "../state/session";
import { Button } from "../ui/button";
import { WarningIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import type { Choice } from "./choice";
import { type Plan, shootOf } from "./plan";

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
  const costId = useId();
  const { pictures } = plan.cost;
  const allowance = me()?.allowance ?? { granted: null, used: 0, reserved: 0 };
  const { busy, error, run } = useAction();
  const again = sent.value === choice;
  const makeable =
    !busy.value &&
    pictures > 0 &&
    tooFewFor(pictures, allowance) === null &&
    plan.looks.every(({ refusal }) => refusal === null);
  const send = () =>
    run(async () => {
      const { id } = await startShoot(shootOf(shoot, choice, model.id));
      sent.value = choice;
      navigate(`/series/${id}`);
    });
  return (
    <section class="series-make" aria-label="Make">
      <p id={costId} class="series-cost">
        {pictures === 0 ? "No shot is chosen." : costSentence(pictures, picturesLeft(allowance), "shots")}
      </p>
      {pictures > 0 && <p class="small-print">{workSentence(plan.cost)}</p>}
      <Warnings plan={plan} />
      <Button kind={again ? "plain" : "primary"} disabled={!makeable} aria-describedby={costId} onClick={send}>
        {busy.value ? "Sending…" : makeWords(pictures, again)}
      </Button>
      {again && (
        <p class="small-print">
          These were just sent. The same seeds make the same pictures: draw another for a new series.
        </p>
      )}
      {error.value && <ErrorNotice error={error.value} />}
      <p class="small-print">Your studio keeps making them if you leave this page or close the browser.</p>
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
