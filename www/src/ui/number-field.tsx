import { useSignal } from "@preact/signals";
import { Field } from "./field";

interface NumberFieldProps {
  label: string;
  hint?: string;
  error: string | null;
  value: number;
  /** The preset's value, to which an empty field returns. */
  initial: number;
  min: number;
  max: number;
  step: number;
  onChange(value: number | undefined): void;
}

/** A number field with a slider. A typed number may be out of range; the preview then shows the error. */
export function NumberField({ label, hint, error, value, initial, min, max, step, onChange }: NumberFieldProps) {
  // The text while it is being typed: "1." is not a number yet and must not be rewritten.
  const typing = useSignal<string | null>(null);
  const take = (text: string) => {
    typing.value = text;
    const number = Number(text);
    if (text.trim() === "") onChange(undefined);
    else if (Number.isFinite(number)) onChange(number === initial ? undefined : number);
  };
  return (
    <Field class="number-field" label={label} hint={hint} error={error}>
      {({ id, describedBy, invalid }) => (
        <>
          <input
            id={id}
            type="text"
            inputMode={step < 1 || min < 0 ? "decimal" : "numeric"}
            autocomplete="off"
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={typing.value ?? String(value)}
            onInput={({ currentTarget }) => take(currentTarget.value)}
            onBlur={() => (typing.value = null)}
          />
          <input
            type="range"
            aria-label={`${label}, slider`}
            min={min}
            max={max}
            step={step}
            value={value}
            onInput={({ currentTarget }) => {
              const number = Number(currentTarget.value);
              onChange(number === initial ? undefined : number);
            }}
          />
        </>
      )}
    </Field>
  );
}
