import { useSignal } from "@preact/signals";
import { changeAllowance } from "../api/endpoints";
import type { AllowanceState, ChangeAllowance, Person } from "../api/types";
import { picturesLeft } from "../state/session";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Choice } from "../ui/choice";
import { Moment, plural } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { TextField } from "./text-field";
import { useAttempts } from "./use-attempts";

type Kind = "grant" | "set" | "monthly" | "unlimited";

const kinds: { value: Kind; label: string }[] = [
  { value: "grant", label: "Add pictures" },
  { value: "set", label: "Set the number" },
  { value: "monthly", label: "Top up each month" },
  { value: "unlimited", label: "No limit" },
];

const hints: Record<Kind, string> = {
  grant: "This many more.",
  set: "This many in all, those already used included.",
  monthly: "What is left is topped up to this many, now and on the first of each month.",
  unlimited: "",
};

function changeOf(kind: Kind, pictures: string): ChangeAllowance {
  switch (kind) {
    case "grant":
      return { grant: Number(pictures) };
    case "set":
      return { set: Number(pictures) };
    case "monthly":
      return { monthly: Number(pictures) };
    case "unlimited":
      return { set: "unlimited" };
  }
}

interface AllowanceSectionProps {
  person: Person;
  state: AllowanceState;
  onChange(state: AllowanceState): void;
}

/** How many pictures a person may make, and how that changes. */
export function AllowanceSection({ person: { id, name }, state, onChange }: AllowanceSectionProps) {
  const kind = useSignal<Kind>("grant");
  const pictures = useSignal("");
  const attempts = useAttempts((body, key) => changeAllowance(id, body, key));
  const { busy, error, errorOf, run } = useAction();

  const send = (change: ChangeAllowance) =>
    run(async () => {
      onChange(await attempts.send(JSON.stringify(change)));
      pictures.value = "";
      announce(`The allowance of ${name} is changed.`);
    });
  const submit = (event: Event) => {
    event.preventDefault();
    send(changeOf(kind.value, pictures.value));
  };
  const misplaced = error.value !== null && error.value.field !== kind.value;
  return (
    <section class="screen-section" aria-labelledby="allowance-title">
      <h2 id="allowance-title">Allowance</h2>
      <Sum state={state} />
      <form class="screen-form" aria-label="Change the allowance" onSubmit={submit}>
        <Choice legend="What to do" value={kind.value} options={kinds} onChange={(value) => (kind.value = value)} />
        {kind.value !== "unlimited" && (
          <TextField
            label="Pictures"
            value={pictures}
            required
            inputMode="numeric"
            hint={hints[kind.value]}
            error={errorOf(kind.value)}
          />
        )}
        {misplaced && error.value && <ErrorNotice error={error.value} />}
        <div class="screen-actions">
          <Button type="submit" disabled={busy.value}>
            Change the allowance
          </Button>
          {state.monthly !== null && (
            <Button kind="quiet" disabled={busy.value} onClick={() => send({ monthly: null })}>
              End the monthly top-up
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}

function Sum({ state: { allowance, monthly } }: { state: AllowanceState }) {
  const left = picturesLeft(allowance);
  return (
    <p class="screen-words">
      {left === null ? "No limit." : `${plural(left, "picture")} left of ${allowance.granted}.`}{" "}
      {plural(allowance.used, "picture")} used{allowance.reserved > 0 && `, ${allowance.reserved} set aside`}.{" "}
      {monthly !== null && (
        <>
          Topped up to {monthly.pictures} on <Moment at={monthly.renews_at} />.
        </>
      )}
    </p>
  );
}
