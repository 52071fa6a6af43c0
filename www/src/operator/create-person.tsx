import { useSignal } from "@preact/signals";
import { createPerson } from "../api/endpoints";
import type { CreatePerson } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { addPerson } from "./people";
import { TextField } from "./text-field";

export function CreatePersonForm() {
  const name = useSignal("");
  const id = useSignal("");
  const allowance = useSignal("");
  const { busy, error, errorOf, run } = useAction();

  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const body: CreatePerson = { name: name.value.trim() };
      if (id.value.trim() !== "") body.id = id.value.trim();
      if (allowance.value.trim() !== "") body.allowance = Number(allowance.value);
      const person = await createPerson(body);
      addPerson(person);
      announce(`${person.name} is created.`);
      name.value = id.value = allowance.value = "";
    });
  };
  return (
    <form class="operator-form" aria-labelledby="create-title" onSubmit={submit}>
      <h2 id="create-title">Create a person</h2>
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
          hint="Empty: no limit."
          numeric
          error={errorOf("allowance")}
        />
      </div>
      {error.value?.field === null && <ErrorNotice error={error.value} />}
      <Button kind="primary" type="submit" disabled={busy.value}>
        Create
      </Button>
    </form>
  );
}
