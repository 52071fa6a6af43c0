import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { askForMore } from "../api/endpoints";
import type { AllowanceRequest } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

interface AskForMoreProps {
  /** The request that waits for the studio. */
  open: AllowanceRequest | null;
  onAsked(request: AllowanceRequest): void;
}

/** Asks the studio for more pictures, with a line of text. */
export function AskForMore({ open, onAsked }: AskForMoreProps) {
  const note = useSignal("");
  const asked = useSignal(false);
  const waiting = useRef<HTMLParagraphElement>(null);
  const { busy, error, errorOf, run } = useAction();
  useEffect(() => {
    // The button that had the focus is gone.
    if (asked.value) waiting.current?.focus();
  }, [asked.value]);
  const ask = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const text = note.value.trim();
      onAsked(await askForMore(text === "" ? {} : { note: text }));
      announce("Your studio has your request.");
      asked.value = true;
    });
  };
  if (open !== null)
    return (
      <p class="screen-note" ref={waiting} tabIndex={-1}>
        <span>
          You asked for more <Moment at={open.at} />. Your studio has not answered yet.
        </span>
        {open.note !== null && <q>{open.note}</q>}
      </p>
    );
  return (
    <form class="screen-form" aria-label="Ask for more" onSubmit={ask}>
      <Field label="What are the pictures for? (optional)" error={errorOf("note")}>
        {({ id, describedBy, invalid }) => (
          <input
            id={id}
            type="text"
            maxLength={500}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={note.value}
            onInput={({ currentTarget }) => (note.value = currentTarget.value)}
          />
        )}
      </Field>
      {error.value && error.value.field !== "note" && <ErrorNotice error={error.value} />}
      <Button type="submit" disabled={busy.value}>
        Ask for more
      </Button>
    </form>
  );
}
