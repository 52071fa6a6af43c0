import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { CloseIcon } from "../ui/icons";

interface ChipProps {
  text: string;
  /** Called with the new words, or with none when the chip is removed. */
  onChange(text: string): void;
  children?: ComponentChildren;
}

/** One entry of the description: pressing its words edits them, pressing its cross removes it. */
export function Chip({ text, onChange, children = text }: ChipProps) {
  const editing = useSignal(false);
  const place = useRef<HTMLSpanElement>(null);
  /** The edit ended with a key, so the focus returns to the words. */
  const refocus = useRef(false);

  useLayoutEffect(() => {
    if (editing.value) place.current?.querySelector("input")?.select();
    else if (refocus.current) place.current?.querySelector("button")?.focus();
    refocus.current = false;
  }, [editing.value]);

  const end = (words: string, byKey: boolean) => {
    if (!editing.peek()) return;
    refocus.current = byKey;
    editing.value = false;
    if (words.trim() !== text) onChange(words);
  };
  const remove = () => {
    focusNeighbour(place.current);
    onChange("");
  };

  return (
    <span class="chip" ref={place}>
      {editing.value ? (
        <input
          type="text"
          aria-label={`Instead of “${text}”`}
          size={Math.max(6, Math.min(text.length + 2, 40))}
          defaultValue={text}
          onBlur={({ currentTarget }) => end(currentTarget.value, false)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== "Escape") return;
            event.preventDefault();
            end(event.key === "Enter" ? event.currentTarget.value : text, true);
          }}
        />
      ) : (
        <button type="button" class="chip-words" title="Change" onClick={() => (editing.value = true)}>
          {children}
        </button>
      )}
      <button type="button" class="chip-remove" aria-label={`Take out “${text}”`} title="Take out" onClick={remove}>
        <CloseIcon />
      </button>
    </span>
  );
}

/** Moves the focus from a chip that is about to disappear to the next one, or to the field. */
function focusNeighbour(chip: HTMLElement | null): void {
  const all = [...(chip?.closest("dl")?.querySelectorAll<HTMLElement>(".chip-remove") ?? [])];
  const here = all.findIndex((button) => chip?.contains(button));
  (all[here + 1] ?? all[here - 1] ?? document.getElementById("words"))?.focus({ preventScroll: true });
}
