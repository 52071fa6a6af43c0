import { useSignal } from "@preact/signals";
import { setEmail } from "../api/endpoints";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { TextField } from "./text-field";

interface EmailFormProps {
  /** The person's id. */
  id: string;
  email: string | null;
  onChange(email: string | null): void;
}

/** Sets or removes the address under which a person can ask for a sign-in link. */
export function EmailForm({ id, email, onChange }: EmailFormProps) {
  const typed = useSignal(email ?? "");
  const { busy, error, errorOf, run } = useAction();

  const store = (wanted: string | null, sentence: string) =>
    run(async () => {
      const saved = await setEmail(id, { email: wanted });
      typed.value = saved.email ?? "";
      onChange(saved.email);
      announce(sentence);
    });
  const save = (event: Event) => {
    event.preventDefault();
    store(typed.value, "The e-mail address is saved.");
  };
  return (
    <form class="screen-form" aria-label="E-mail address" onSubmit={save}>
      <TextField
        label="E-mail address"
        value={typed}
        required
        inputMode="email"
        hint="Whoever reads mail sent there can get in. It is used for new links alone, and the person can remove it."
        error={errorOf("email")}
      />
      {error.value && error.value.field !== "email" && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        <Button type="submit" disabled={busy.value}>
          Save
        </Button>
        <Button
          kind="quiet"
          disabled={busy.value || email === null}
          onClick={() => store(null, "The e-mail address is removed.")}
        >
          Remove
        </Button>
      </div>
    </form>
  );
}
