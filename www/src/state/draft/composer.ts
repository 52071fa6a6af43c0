// What stands in the composer, as signals, and what changes it.
import { computed, signal } from "@preact/signals";
import type { GenerationRequest } from "../../api/types";
import { MAYA_KEY, readStored, writeStored } from "../storage";
import { type ComposerDraft, draftOf, freshDraft, withOverride } from "./composer-draft";
import { drawSeed } from "./seed";

export const draft = signal<ComposerDraft>(freshDraft(drawSeed()));

/** Whether Maya sorts what a person says; otherwise the words go into the prompt as they are written. */
export const maya = signal(readStored(MAYA_KEY) !== "off");

export function rememberMaya(on: boolean): void {
  maya.value = on;
  writeStored(MAYA_KEY, on ? null : "off");
}

/** The text of the composer's field: words for Maya, or the prompt's own. */
export const field = computed(() => (maya.value ? draft.value.said : draft.value.text));

export function write(words: string): void {
  change(maya.peek() ? { said: words } : { text: words });
}

export function change(part: Partial<ComposerDraft>): void {
  draft.value = { ...draft.peek(), ...part };
}

type Overrides = ComposerDraft["overrides"];

/** Sets one parameter; `undefined` returns it to the preset's value. */
export function override<K extends keyof Overrides>(name: K, value: Overrides[K] | undefined): void {
  draft.value = withOverride(draft.peek(), name, value);
}

export function newSeed(): void {
  change({ seed: drawSeed() });
}

/** Asks the composer to take the focus, after a button elsewhere filled it. The composer resets it. */
export const refilled = signal(false);

/** Fills the composer with an earlier request. */
export const refill = (request: GenerationRequest): void => refillWith(draftOf(request, drawSeed()));

/** Fills the composer with `filled`. */
export function refillWith(filled: ComposerDraft): void {
  draft.value = filled;
  refilled.value = true;
}

/** Puts a suggestion into the composer's field. */
export function suggest(text: string): void {
  write(text);
  refilled.value = true;
}
