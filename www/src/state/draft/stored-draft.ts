import type { Slots } from "../../api/types";
import { parseStored } from "../storage";
import { type ComposerDraft, freshDraft, isBlank } from "./composer-draft";
import type { DraftState } from "./draft-sync";
import { isList, type SlotName, slotNames } from "./slots";

/** A draft that belongs to no conversation. */
export const nowhere: DraftState = { session: null, base: 0, changed: false };

/** What a browser keeps: the draft and where it stands. An older page kept the draft alone. */
export function parseKept(text: string | null, seed: number): { draft: ComposerDraft; state: DraftState } {
  const stored = parseStored(text);
  if (typeof stored === "object" && stored !== null && "draft" in stored)
    return { draft: readDraft(stored.draft, seed), state: readState(stored) ?? nowhere };
  const draft = readDraft(stored, seed);
  return { draft, state: { ...nowhere, changed: !isBlank(draft) } };
}

function readState(stored: object): DraftState | null {
  const { session, base, changed } = stored as Partial<Record<keyof DraftState, unknown>>;
  const readable =
    (session === null || typeof session === "string") &&
    (base === null || typeof base === "number") &&
    typeof changed === "boolean";
  return readable ? { session, base, changed } : null;
}

/** Reads a stored draft. A field that an older page wrote differently, or a hand changed, gets its fresh value. */
export function readDraft(stored: unknown, seed: number): ComposerDraft {
  const fresh = freshDraft(seed);
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
