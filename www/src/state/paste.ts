// What was pasted from another tool: offered to be cleaned up, never changed by itself, and given back on demand.
import { computed, effect, signal } from "@preact/signals";
import type { Import } from "../api/types";
import { tools } from "../preview/engine";
import { announce } from "./announce";
import { draft, field, write } from "./draft";
import type { Draft } from "./request";

/** Words that were pasted, until they have been looked at. */
const pasted = signal<string | null>(null);
/** What cleaning up would do, and the words it was worked out for. */
const found = signal<{ readonly words: string; readonly made: Import } | null>(null);
/** The draft before it was cleaned up, and the words it has since. */
const cleaned = signal<{ readonly words: string; readonly before: Draft } | null>(null);

/** The person looks at what cleaning up would do. */
export const reviewing = signal(false);

/** The offer stands for as long as the words do. */
export const offer = computed(() => (found.value?.words === field.value ? found.value.made : null));
export const canGiveBack = computed(() => cleaned.value !== null);

// Whoever goes on writing keeps what was cleaned up.
effect(() => {
  if (cleaned.value !== null && cleaned.value.words !== field.value) cleaned.value = null;
});

/** Nobody's words are offered to the next person. */
export function forgetPaste(): void {
  pasted.value = null;
  found.value = null;
  cleaned.value = null;
  reviewing.value = false;
}

/** Looks at the field after something was pasted into it. */
export function lookAtPaste(): void {
  found.value = null;
  pasted.value = field.peek();
}

// As soon as there is something to look with.
effect(() => {
  const [words, ready] = [pasted.value, tools.value];
  if (words === null || ready.state !== "ready") return;
  pasted.value = null;
  const made = ready.module.importPrompt(words);
  if (isForeign(made)) found.value = { words, made };
});

/** Spaces that would be tidied are nothing to make words about. */
export const isForeign = ({ diff, dropped, moved }: Pick<Import, "diff" | "dropped" | "moved">): boolean =>
  dropped.length > 0 ||
  Object.keys(moved).length > 0 ||
  diff.some(({ kind, text }) => kind !== "kept" && text.trim() !== "");

/** Keeps the words as they were pasted. */
export function declineOffer(): void {
  found.value = null;
}

/** Puts the cleaned words into the field and what moved into the settings. */
export function cleanUp(made: Import): void {
  const before = draft.peek();
  const { seed, ...overrides } = made.moved;
  write(made.text);
  draft.value = {
    ...draft.peek(),
    overrides: { ...before.overrides, ...overrides },
    ...(seed !== undefined && { seed, seedLocked: true }),
  };
  found.value = null;
  cleaned.value = { words: made.text, before };
  announce("Cleaned up.");
}

/** Puts back what was pasted, settings and all. */
export function giveBack(): void {
  const kept = cleaned.peek();
  if (kept === null) return;
  draft.value = kept.before;
  cleaned.value = null;
  announce("What you pasted is back.");
}
