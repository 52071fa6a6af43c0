import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { getHealth, sendLink } from "../api/endpoints";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useFirstFocus } from "../ui/use-first-focus";
import { useLoaded } from "../ui/use-loaded";

/** Has a new sign-in link sent by e-mail, where the studio sends any. Its line is there from the first paint. */
export function AskForLink() {
  const health = useLoaded(getHealth);
  const state = useSignal<"closed" | "open" | "sent">("closed");
  const answer = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The button that had the focus is gone.
    if (state.value === "sent") answer.current?.focus();
  }, [state.value]);
  switch (state.value) {
    case "closed":
      return (
        <div class="ask-for-link">
          {health.value.value?.links_by_email === true && (
            <Button kind="quiet" onClick={() => (state.value = "open")}>
              Send me a new link
            </Button>
          )}
        </div>
      );
    case "open":
      return <AddressForm onSent={() => (state.value = "sent")} />;
    case "sent":
      return (
        <p ref={answer} tabIndex={-1}>
          {SENT} It may take a few minutes.
        </p>
      );
  }
}

const SENT = "A link is on its way, if your studio knows this address.";

function AddressForm({ onSent }: { onSent(): void }) {
  const email = useSignal("");
  const form = useFirstFocus();
  const { busy, error, errorOf, run } = useAction();
  const send = (event: Event) => {
    event.preventDefault();
    run(async () => {
      await sendLink({ email: email.value });
      announce(SENT);
      onSent();
    });
  };
  return (
    <form ref={form} class="ask-for-link" onSubmit={send}>
      <Field label="Your e-mail address" error={errorOf("email")}>
        {({ id, describedBy, invalid }) => (
          <input
            id={id}
            type="text"
            inputMode="email"
            autocomplete="email"
            required
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={email.value}
            onInput={({ currentTarget }) => (email.value = currentTarget.value)}
          />
        )}
      </Field>
      {error.value && error.value.field !== "email" && <ErrorNotice error={error.value} />}
      <Button type="submit" disabled={busy.value}>
        Send me a new link
      </Button>
    </form>
  );
}
