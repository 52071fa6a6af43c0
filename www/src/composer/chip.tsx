import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { CloseIcon } from "../ui/icons";

interface ChipProps {
  text: string;
  /** With other words, or with none when it is taken out. */
  onChange(text: string): void;
  children?: ComponentChildren;
}

/** One piece of the picture: its words open a field to change them, its cross takes it out. */
export function Chip({ text, onChange, children = text }: ChipProps) {
  const editing = useSignal(false);
  const place = useRef<HTMLSpanElement>(null);
  /** Left by the keyboard: the focus goes back to the words. */
  const back = useRef(false);

  useLayoutEffect(() => {
    if (editing.value) place.current?.querySelector("input")?.select();
    else if (back.current) place.current?.querySelector("button")?.focus();
    back.current = false;
  }, [editing.value]);

  const end = (words: string, byKey: boolean) => {
    if (!editing.peek()) return;
    back.current = byKey;
    editing.value = false;
    if (words.trim() !== text) onChange(words);
  };
  const remove = () => {
    leaveTo(place.current);
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

/** The focus must not vanish with the button that was pressed: it goes to the next piece, or to the words. */
function leaveTo(chip: HTMLElement | null): void {
  const all = [...(chip?.closest("dl")?.querySelectorAll<HTMLElement>(".chip-remove") ?? [])];
  const here = all.findIndex((button) => chip?.contains(button));
  (all[here + 1] ?? all[here - 1] ?? document.getElementById("words"))?.focus({ preventScroll: true });
}
