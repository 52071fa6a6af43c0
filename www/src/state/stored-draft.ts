import type { Slots } from "../api/types";
import { type Draft, freshDraft } from "./request";
import { isList, type SlotName, slotNames } from "./slots";

/** Reads a stored draft; what an older page wrote or a hand changed falls back to a fresh value, piece by piece. */
export function parseDraft(text: string | null, seed: number): Draft {
  const fresh = freshDraft(seed);
  let stored: unknown = null;
  try {
    stored = text === null ? null : JSON.parse(text);
  } catch {
    return fresh;
  }
  if (typeof stored !== "object" || stored === null) return fresh;
  const draft: Record<string, unknown> = { ...fresh };
  for (const [name, initial] of Object.entries(fresh)) {
    const value = (stored as Record<string, unknown>)[name];
    if (
      name === "model"
        ? typeof value === "string"
        : name === "like"
          ? typeof value === "number"
          : typeof value === typeof initial && value !== null
    )
      draft[name] = value;
  }
  draft.slots = parseSlots(draft.slots as object);
  draft.past = Array.isArray(draft.past)
    ? draft.past.filter((before) => typeof before === "object" && before !== null)
    : [];
  return draft as unknown as Draft;
}

/** The slots that can be read; one that nobody knows would be refused with every request. */
function parseSlots(stored: object): Slots {
  const slots: Partial<Record<SlotName, unknown>> = {};
  for (const name of slotNames) {
    const value = (stored as Record<string, unknown>)[name];
    if (
      isList(name) ? Array.isArray(value) && value.every((one) => typeof one === "string") : typeof value === "string"
    )
      slots[name] = value;
  }
  return slots as Slots;
}
