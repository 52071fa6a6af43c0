import type { Slots } from "../../api/types";
import { parseStored } from "../storage";
import { type ComposerDraft, freshDraft } from "./composer-draft";
import { isList, type SlotName, slotNames } from "./slots";

/** Reads a stored draft. A field that an older page wrote differently, or a hand changed, gets its fresh value. */
export function parseDraft(text: string | null, seed: number): ComposerDraft {
  const fresh = freshDraft(seed);
  const stored = parseStored(text);
  if (typeof stored !== "object" || stored === null) return fresh;
  const draft: Record<string, unknown> = { ...fresh };
  for (const [name, initial] of Object.entries(fresh)) {
    const value = (stored as Record<string, unknown>)[name];
    // The fresh values of these two are null.
    const expected = name === "model" ? "string" : name === "like" ? "number" : typeof initial;
    if (typeof value === expected && value !== null) draft[name] = value;
  }
  if (!Array.isArray(draft.enhancements)) draft.enhancements = fresh.enhancements;
  draft.slots = readableSlots(draft.slots as object);
  draft.past = Array.isArray(draft.past)
    ? draft.past.filter((before) => typeof before === "object" && before !== null)
    : [];
  return draft as unknown as ComposerDraft;
}

/** Only the known slots: the studio refuses a request with any other. */
function readableSlots(stored: object): Slots {
  const slots: Partial<Record<SlotName, unknown>> = {};
  for (const name of slotNames) {
    const value = (stored as Record<string, unknown>)[name];
    const readable = isList(name)
      ? Array.isArray(value) && value.every((entry) => typeof entry === "string")
      : typeof value === "string";
    if (readable) slots[name] = value;
  }
  return slots as Slots;
}
