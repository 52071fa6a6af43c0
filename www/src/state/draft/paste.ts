// A prompt pasted from another tool: the page offers to clean it up, never does so unasked, and can give it back.
import { computed, effect, signal } from "@preact/signals";
import type { Import } from "../../api/types";
import { fullModule } from "../../engine/modules";
import { announce } from "../status-line";
import { draft, field, write } from "./composer";
import type { ComposerDraft } from "./composer-draft";

/** Pasted words that wait for the module to read them. */
const pasted = signal<string | null>(null);
/** What cleaning up would do, and the words it was computed for. */
const found = signal<{ readonly words: string; readonly made: Import } | null>(null);
/** The draft before it was cleaned up, and the words it got. */
const cleaned = signal<{ readonly words: string; readonly before: ComposerDraft } | null>(null);

/** The dialog that shows what cleaning up would do is open. */
export const reviewing = signal(false);

/** The offer to clean up, for as long as the field holds the words it was made for. */
export const offer = computed(() => (found.value?.words === field.value ? found.value.made : null));
export const canGiveBack = computed(() => cleaned.value !== null);

// Writing on accepts the cleaned-up words.
effect(() => {
  if (cleaned.value !== null && cleaned.value.words !== field.value) cleaned.value = null;
});

/** Forgets everything at sign-out, so that one person's words are not offered to the next. */
export function forgetPaste(): void {
  pasted.value = null;
  found.value = null;
  cleaned.value = null;
  reviewing.value = false;
}

/** Reads the field after something was pasted into it. */
export function inspectPaste(): void {
  found.value = null;
  pasted.value = field.peek();
}

// Runs at once, or when the module has loaded.
effect(() => {
  const [words, loaded] = [pasted.value, fullModule.value];
  if (words === null || loaded.state !== "ready") return;
  pasted.value = null;
  const made = loaded.module.importPrompt(words);
  if (isForeign(made)) found.value = { words, made };
});

/** Whether cleaning up changes more than spaces. */
const isForeign = ({ diff, dropped, moved }: Pick<Import, "diff" | "dropped" | "moved">): boolean =>
  dropped.length > 0 ||
  Object.keys(moved).length > 0 ||
  diff.some(({ kind, text }) => kind !== "kept" && text.trim() !== "");

/** Keeps the words as they were pasted. */
export function declineOffer(): void {
  found.value = null;
}

/** Puts the cleaned words into the field, and the parameters found in them into the settings. */
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

/** Restores the draft as it was before it was cleaned up. */
export function giveBack(): void {
  const kept = cleaned.peek();
  if (kept === null) return;
  draft.value = kept.before;
  cleaned.value = null;
  announce("What you pasted is back.");
}
