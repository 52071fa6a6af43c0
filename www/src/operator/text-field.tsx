import type { Signal } from "@preact/signals";
import { Field } from "../ui/field";

interface TextFieldProps {
  label: string;
  value: Signal<string>;
  hint?: string;
  error: string | null;
  required?: boolean;
  inputMode?: "text" | "numeric" | "email";
}

export function TextField({ label, value, hint, error, required = false, inputMode = "text" }: TextFieldProps) {
  return (
    <Field label={required ? label : `${label} (optional)`} hint={hint} error={error}>
      {({ id, describedBy, invalid }) => (
        <input
          id={id}
          type="text"
          inputMode={inputMode}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          required={required}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          value={value.value}
          onInput={({ currentTarget }) => (value.value = currentTarget.value)}
        />
      )}
    </Field>
  );
}
