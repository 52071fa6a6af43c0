import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface ChoiceProps<T extends string | number> {
  legend: string;
  /** The legend is for screen readers only. */
  legendHidden?: boolean;
  value: T;
  options: readonly { value: T; label: string; icon?: ComponentChildren }[];
  onChange(value: T): void;
  error?: string | null;
  class?: string;
}

/** One of a few options, as a row of radio buttons. */
export function Choice<T extends string | number>({
  legend,
  legendHidden = false,
  value,
  options,
  onChange,
  error = null,
  ...rest
}: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset class={`choice ${rest.class ?? ""}`}>
      <legend class={legendHidden ? "visually-hidden" : ""}>{legend}</legend>
      <div class="choice-row">
        {options.map((option) => (
          <label key={option.value} class="choice-option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.icon}
              {option.label}
            </span>
          </label>
        ))}
      </div>
      {error !== null && <p class="field-error">{error}</p>}
    </fieldset>
  );
}
