import { ChevronIcon } from "./icons";

interface SelectProps<T extends string> {
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
  /** The accessible name, when there is no label element. */
  label?: string;
  id?: string;
  describedBy?: string | undefined;
}

export function Select<T extends string>({ value, options, onChange, label, id, describedBy }: SelectProps<T>) {
  return (
    <span class="select">
      <select
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronIcon />
    </span>
  );
}
