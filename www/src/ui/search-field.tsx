import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Field } from "./field";

/** Milliseconds without a keystroke after which the words are searched for. */
const PAUSE = 250;

interface SearchFieldProps {
  label: string;
  /** The words that are searched for at first. */
  initial?: string;
  /** Searches for the trimmed words, once the person pauses. */
  onSearch(words: string): void;
}

/** A field whose words are searched for while the person types. */
export function SearchField({ label, initial = "", onSearch }: SearchFieldProps) {
  const words = useSignal(initial);
  const searched = useRef(initial.trim());
  useEffect(() => {
    const timer = setTimeout(() => {
      const wanted = words.value.trim();
      if (wanted === searched.current) return;
      searched.current = wanted;
      onSearch(wanted);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [words.value]);
  return (
    <Field label={label}>
      {({ id }) => (
        <input
          id={id}
          type="search"
          autocomplete="off"
          maxLength={200}
          value={words.value}
          onInput={({ currentTarget }) => (words.value = currentTarget.value)}
        />
      )}
    </Field>
  );
}
