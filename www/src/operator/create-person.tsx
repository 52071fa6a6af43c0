import { useSignal } from "@preact/signals";
import { createPerson } from "../api/endpoints";
import type { CreatePerson } from "../api/types";
import { navigate } from "../router";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { addPerson } from "./people";
import { TextField } from "./text-field";

/** Creates a person, who then has a page of their own here. */
export function CreatePersonForm({ onDone }: { onDone(): void }) {
  const name = useSignal("");
  const id = useSignal("");
  const allowance = useSignal("");
  const unlimited = useSignal(false);
  const { busy, error, errorOf, run } = useAction();

  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const body: CreatePerson = {
        name: name.value.trim(),
        allowance: unlimited.value ? "unlimited" : Number(allowance.value),
      };
      if (id.value.trim() !== "") body.id = id.value.trim();
      const person = await createPerson(body);
      addPerson(person);
      announce(`${person.name} is created.`);
      onDone();
      navigate(`/operator/people/${person.id}`);
    });
  };
  return (
    <form class="operator-form" aria-labelledby="create-title" onSubmit={submit}>
      <h2 id="create-title">A new person</h2>
      <div class="operator-fields">
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
          Create
        </Button>
        <Button onClick={onDone}>Not now</Button>
      </div>
    </form>
  );
}
