import { useSignal } from "@preact/signals";
import { createPerson } from "../api/endpoints";
import type { CreatePerson, Person } from "../api/types";
import { navigate } from "../router";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useFirstFocus } from "../ui/use-first-focus";
import { TextField } from "./text-field";
import { useAttempts } from "./use-attempts";

interface CreatePersonFormProps {
  /** Somebody who was created half-way; null: somebody new. */
  halfMade: Person | null;
  onDone(): void;
}

/** Creates a person, who then has a page of their own here. */
export function CreatePersonForm({ halfMade, onDone }: CreatePersonFormProps) {
  const name = useSignal(halfMade?.name ?? "");
  const id = useSignal(halfMade?.id ?? "");
  const allowance = useSignal("");
  const unlimited = useSignal(false);
  const attempts = useAttempts(createPerson);
  const form = useFirstFocus();
  const { busy, error, errorOf, run } = useAction();

  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const body: CreatePerson = {
        name: name.value.trim(),
        allowance: unlimited.value ? "unlimited" : Number(allowance.value),
      };
      if (id.value.trim() !== "") body.id = id.value.trim();
      const person = await attempts.send(JSON.stringify(body));
      announce(`${person.name} is created.`);
      onDone();
      navigate(`/operator/people/${person.id}`);
    });
  };
  return (
    <form ref={form} class="screen-form" aria-labelledby="create-title" onSubmit={submit}>
      <h2 id="create-title">{halfMade === null ? "A new person" : `Finish creating ${halfMade.name}`}</h2>
      {halfMade !== null && <p class="screen-words">Name, id and allowance have to be those of the first time.</p>}
      <div class="screen-fields">
        <TextField label="Name" value={name} required error={errorOf("name")} />
        <TextField
          label="Id in your own product"
          value={id}
          hint="Lower-case letters, digits, hyphens."
          error={errorOf("id")}
        />
        <TextField
          label="Allowance in pictures"
          value={allowance}
          required={!unlimited.value}
          inputMode="numeric"
          error={errorOf("allowance")}
        />
        <div class="field check-field">
          <label>
            <input
              type="checkbox"
              checked={unlimited.value}
              onChange={({ currentTarget }) => (unlimited.value = currentTarget.checked)}
            />
            No limit
          </label>
        </div>
      </div>
      {error.value?.field === null && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        <Button kind="primary" type="submit" disabled={busy.value}>
          {halfMade === null ? "Create" : "Finish"}
        </Button>
        <Button onClick={onDone}>Not now</Button>
      </div>
    </form>
  );
}
