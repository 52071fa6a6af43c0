import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Button } from "./button";
import { Field } from "./field";
import type { Action } from "./use-action";

interface NameFieldProps {
  label: string;
  hint?: string;
  /** What the button says. */
  button: string;
  action: Action;
  /** Stores under the trimmed name, which is never empty. The field is emptied once it succeeds. */
  onSave(name: string): Promise<void>;
}

/** A name and the button that stores something under it. It is no form, so that it can stand in one. */
export function NameField({ label, hint, button, action: { busy, errorOf, run }, onSave }: NameFieldProps) {
  const name = useSignal("");
  const input = useRef<HTMLInputElement>(null);
  const empty = name.value.trim() === "";
  const save = () =>
    run(async () => {
      await onSave(name.peek().trim());
      name.value = "";
      // The button that had the focus can no longer be pressed.
      input.current?.focus();
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    // Enter also accepts what an input method composes.
    if (!event.isComposing && !empty) save();
  };
  return (
    <Field label={label} hint={hint} error={errorOf("name")}>
      {({ id, describedBy, invalid }) => (
        <div class="name-row">
          <input
            ref={input}
            id={id}
            type="text"
            autocomplete="off"
            maxLength={80}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={name.value}
            onInput={({ currentTarget }) => (name.value = currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <Button disabled={busy.value || empty} onClick={save}>
            {button}
          </Button>
        </div>
      )}
    </Field>
  );
}
