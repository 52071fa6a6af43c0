import { useSignal } from "@preact/signals";
import { setEmail } from "../api/endpoints";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { TextField } from "./text-field";

/** Sets or removes the address under which a person can ask for a sign-in link. */
export function EmailForm({ id }: { id: string }) {
  const email = useSignal("");
  const { busy, error, errorOf, run } = useAction();
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const saved = await setEmail(id, { email: email.value });
      email.value = saved.email ?? "";
      announce("The e-mail address is saved.");
    });
  };
  const remove = () =>
    run(async () => {
      await setEmail(id, { email: null });
      email.value = "";
      announce("The e-mail address is removed.");
    });
  return (
    <form class="operator-form" aria-label="E-mail address" onSubmit={save}>
      <TextField
        label="E-mail address"
        value={email}
        required
        inputMode="email"
        hint="They can ask for a new link under this address themselves. It is used for nothing else."
        error={errorOf("email")}
      />
      {error.value && error.value.field !== "email" && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        <Button type="submit" disabled={busy.value}>
          Save
        </Button>
        <Button kind="quiet" disabled={busy.value} onClick={remove}>
          Remove
        </Button>
      </div>
    </form>
  );
}
