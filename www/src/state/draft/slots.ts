// What the picture shows, sorted by kind: titles for people, and changes to one entry.
import type { Slots } from "../../api/types";
import type { ComposerDraft } from "./composer-draft";

export type SlotName = keyof Slots;

/** In the order in which the prompt says them. */
const slots: readonly (readonly [SlotName, string, "one" | "list"])[] = [
  ["subject", "Who", "one"],
  ["wardrobe", "Wearing", "list"],
  ["pose", "Doing", "list"],
  ["expression", "Look", "one"],
  ["setting", "Where", "list"],
  ["time", "When", "list"],
  ["lighting", "Light", "one"],
  ["shot", "Framing", "list"],
  ["camera", "Camera", "one"],
  ["film", "Film", "one"],
  ["mood", "Mood", "list"],
  ["props", "With", "list"],
];

export const slotNames: readonly SlotName[] = slots.map(([name]) => name);

const lists = new Set<SlotName>(slots.filter(([, , kind]) => kind === "list").map(([name]) => name));
export const isList = (name: SlotName): boolean => lists.has(name);

/** One slot with its entries. */
export interface Group {
  readonly name: SlotName;
  readonly title: string;
  readonly entries: readonly string[];
}

/** The slots that have entries. */
export function groups(of: Slots): Group[] {
  return slots
    .map(([name, title]) => ({ name, title, entries: entriesOf(of, name) }))
    .filter(({ entries }) => entries.length > 0);
}

function entriesOf(of: Slots, name: SlotName): readonly string[] {
  const value = of[name];
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

/** The whole description in words, as one list. */
export const wordsOf = ({ slots, text, said }: Pick<ComposerDraft, "slots" | "text" | "said">): string =>
  [...groups(slots).flatMap(({ entries }) => entries), text, said].filter(Boolean).join(", ");

/** The slots with one entry changed. A blank text removes the entry, and a slot without entries goes with it. */
export function withEntry(of: Slots, name: SlotName, index: number, text: string): Slots {
  const entries = entriesOf(of, name).flatMap((entry, place) =>
    place !== index ? [entry] : text.trim() === "" ? [] : [text.trim()],
  );
  const { [name]: _, ...rest } = of;
  if (entries.length === 0) return rest;
  return { ...rest, [name]: isList(name) ? entries : entries[0] };
}
