import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Axis, AxisParameter, InputValue } from "../api/types";
import type { Choices } from "../state/models";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { axisOf, optionsOf, parameterTitles, rangeOf, valuesIn } from "./axes";

const NOTHING = "";

interface AxisFieldProps {
  label: string;
  /** Null for no axis. */
  axis: Axis | null;
  /** The other axis, if there is one. */
  other: Axis | null;
  /** What can be varied. */
  parameters: readonly AxisParameter[];
  choices: Choices;
  error: string | null;
  onChange(axis: Axis): void;
  /** Takes the axis away; absent for one that has to be there. */
  onRemove?(): void;
}

/** What varies, and its values. */
export function AxisField({ label, axis, other, parameters, choices, error, onChange, onRemove }: AxisFieldProps) {
  const options = parameters.map((value) => ({ value: value as string, label: parameterTitles[value] }));
  const choose = (value: string) => {
    const parameter = parameters.find((one) => one === value);
    if (parameter === undefined) onRemove?.();
    else onChange(axisOf(parameter, choices, other?.parameter));
  };
  return (
    <div class="axis">
      <Field label={label}>
        {({ id }) => (
          <Select
            id={id}
            value={axis?.parameter ?? NOTHING}
            options={onRemove === undefined ? options : [{ value: NOTHING, label: "Nothing else" }, ...options]}
            onChange={choose}
          />
        )}
      </Field>
      {axis !== null && (
        <Values
          key={axis.parameter}
          axis={axis}
          options={optionsOf(axis.parameter, choices, other?.parameter)}
          error={error}
          onChange={(values) => onChange({ ...axis, values })}
        />
      )}
    </div>
  );
}

interface ValuesProps extends Pick<AxisFieldProps, "error"> {
  axis: Axis;
  /** Null for values that are typed. */
  options: ReturnType<typeof optionsOf>;
  onChange(values: InputValue[]): void;
}

function Values({ axis: { parameter, values }, options, error, onChange }: ValuesProps) {
  const errorId = useId();
  const label = `${parameterTitles[parameter]}: values`;
  if (options === null) return <TypedValues {...{ label, parameter, values, error, onChange }} />;
  const toggle = (value: string, chosen: boolean) =>
    onChange(options.map((one) => one.value).filter((one) => (one === value ? chosen : values.includes(one))));
  return (
    <fieldset class="choice" aria-describedby={error === null ? undefined : errorId}>
      <legend>{label}</legend>
      <div class="choice-row">
        {options.map((option) => (
          <label key={option.value} class="choice-option">
            <input
              type="checkbox"
              checked={values.includes(option.value)}
              onChange={({ currentTarget }) => toggle(option.value, currentTarget.checked)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {error !== null && (
        <p class="field-error" id={errorId}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

interface TypedValuesProps extends Pick<ValuesProps, "error" | "onChange"> {
  label: string;
  parameter: AxisParameter;
  values: readonly InputValue[];
}

function TypedValues({ label, parameter, values, error, onChange }: TypedValuesProps) {
  // The text as it is typed: "1." is not a number yet and must not be rewritten.
  const text = useSignal(values.join(", "));
  return (
    <Field label={label} hint={`${rangeOf(parameter)}, separated by commas.`} error={error}>
      {({ id, describedBy, invalid }) => (
        <input
          id={id}
          type="text"
          autocomplete="off"
          aria-describedby={describedBy}
          aria-invalid={invalid}
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
            onChange(valuesIn(currentTarget.value));
          }}
        />
      )}
    </Field>
  );
}
