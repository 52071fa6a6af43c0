import { computed, signal } from "@preact/signals";
import type { GenerationRequest } from "../api/types";
import { maya } from "./maya";
import { type Draft, draftOf, freshDraft, withOverride } from "./request";
import { drawSeed } from "./seed";
import { draftKey, readStored, writeStored } from "./storage";
import { parseDraft } from "./stored-draft";

export const draft = signal<Draft>(freshDraft(drawSeed()));

/** Reads the draft that this user left behind, and keeps it from now on; call what it returns at sign-out. */
export function keepDraft(user: string): () => void {
  draft.value = parseDraft(readStored(draftKey(user)), drawSeed());
  return draft.subscribe((value) => writeStored(draftKey(user), JSON.stringify(value)));
}

/** What stands in the field: words for Maya, or the prompt's own. */
export const field = computed(() => (maya.value ? draft.value.said : draft.value.text));

export function write(words: string): void {
  change(maya.peek() ? { said: words } : { text: words });
}

export function change(part: Partial<Draft>): void {
  draft.value = { ...draft.peek(), ...part };
}

export function override<K extends keyof Draft["overrides"]>(name: K, value: Draft["overrides"][K] | undefined): void {
  draft.value = withOverride(draft.peek(), name, value);
}

export function newSeed(): void {
  change({ seed: drawSeed() });
}

/** The composer should take the focus: its words were put there by a button elsewhere. The composer lowers it. */
export const refilled = signal(false);

/** Fills the composer with an earlier request. */
export const refill = (request: GenerationRequest): void => refillWith(draftOf(request, drawSeed()));

/** Fills the composer with a draft that was made elsewhere. */
export function refillWith(filled: Draft): void {
  draft.value = filled;
  refilled.value = true;
}

/** Puts a suggestion into the composer. */
export function suggest(text: string): void {
  write(text);
  refilled.value = true;
}
