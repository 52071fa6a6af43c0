import { useSignal } from "@preact/signals";
import { transferModel } from "../api/endpoints";
import type { ModelBinding, Person, RunningWork, StatementWords, TransferModel } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useFirstFocus } from "../ui/use-first-focus";
import { attestationOf, ConsentFields, useConsent } from "./consent-fields";
import { RunningChoice } from "./running-choice";
import { TextField } from "./text-field";
import { useAttempts } from "./use-attempts";

interface TransferFormProps {
  person: Person;
  model: ModelBinding;
  statements: readonly StatementWords[];
  onDone(moved: boolean): void;
}

/** Takes a model from one person and binds it to another: the way back from a binding to the wrong person. */
export function TransferForm({ person, model, statements, onDone }: TransferFormProps) {
  const to = useSignal("");
  const running = useSignal<RunningWork>("finish");
  const consent = useConsent();
  const form = useFirstFocus();
  const attempts = useAttempts((body, key) => transferModel(person.id, model.id, body, key));
  const { busy, error, errorOf, run } = useAction();

  const submit = (event: Event) => {
    event.preventDefault();
    const attestation = attestationOf(consent);
    if (attestation === null) return;
    run(async () => {
      const body: TransferModel = { to: to.value.trim(), running: running.value, consent: attestation };
      await attempts.send(JSON.stringify(body));
      announce(`${model.label} belongs to ${body.to} now.`);
      onDone(true);
    });
  };
  const placed = ["to", "consent.by"];
  return (
    <form ref={form} class="screen-form" aria-label={`Give ${model.label} to somebody else`} onSubmit={submit}>
      <p class="screen-words">
        {person.name} makes no new pictures with it from now on, and keeps those they made. All versions of the model go
        along.
      </p>
      <TextField
        label="Whose it is to be"
        value={to}
        required
        hint="The person’s id, as the list of people shows it."
        error={errorOf("to")}
      />
      <RunningChoice running={running} />
      <ConsentFields consent={consent} statements={statements} error={errorOf("consent.by")} />
      {error.value && !placed.includes(error.value.field ?? "") && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        <Button kind="primary" type="submit" disabled={busy.value}>
          Give it to them
        </Button>
        <Button onClick={() => onDone(false)}>Not now</Button>
      </div>
    </form>
  );
}
