// The conversation with Maya: what is said to her changes the draft, and she answers.
import { effect, signal, untracked } from "@preact/signals";
import type { DirectorTurn, Fix } from "../../api/types";
import { fullModule } from "../../engine/modules";
import { draft, maya, rememberMaya } from "../draft/composer";
import type { ComposerDraft } from "../draft/composer-draft";
import { undone, withUndo } from "../draft/direction";
import { afterSaying, intended, takeSpareSeed, turnOf } from "../draft/intended";
import { preview } from "../draft/preview";
import { wordsOf } from "../draft/slots";
import { replaced } from "../draft/text";
import { variety } from "../draft/variety";
import { personsWords } from "../history/describe";
import { announce } from "../status-line";
import { add } from "./said";

/** What was said before the director had loaded, in order. It is said again once it has. */
const early = signal<readonly { readonly words: string; readonly inField: boolean }[]>([]);

effect(() => {
  if (fullModule.value.state === "loading" || early.value.length === 0) return;
  const waiting = early.value;
  early.value = [];
  for (const { words, inField } of waiting) {
    // A person who has gone on writing in the field will say those words again.
    if (!inField || draft.peek().said === words) untracked(() => say(words));
  }
});

/** Says the field's text. */
export function sayField(): void {
  const { said } = draft.peek();
  if (said.trim() !== "") say(said);
}

/**
 * Says the field's text when it asks for settings. Called before a setting is changed by hand, so that the
 * later choice wins.
 */
export function saySettingsInField(): void {
  const settings = ({ overrides, pictures, seedLocked, seed }: ComposerDraft) =>
    JSON.stringify([overrides, pictures, seedLocked && seed]);
  if (settings(draft.peek()) !== settings(intended.peek())) sayField();
}

/** Says `words`; words in the field that are not these stay there. */
export function say(words: string): void {
  const before = draft.peek();
  const inField = before.said === words;
  if (fullModule.peek().state === "loading") {
    early.value = [...early.peek(), { words, inField }];
    return;
  }
  const turn = turnOf(before, words);
  draft.value = { ...afterSaying(before, words, turn), said: inField ? "" : before.said };
  takeSpareSeed();
  remember(words, turn, turn?.ready === true ? " Press Generate, and I make it." : "");
}

/** Adds what was said and answered to the conversation. `generation`: what it has led to already. */
export function remember(words: string, turn: DirectorTurn | null, more = "", generation: string | null = null): void {
  add({
    by: "person",
    said: words.trim(),
    edits: [],
    reply: (turn?.reply || "I have kept your words as you wrote them.") + more,
    question: turn?.question ?? null,
    suggestions: turn?.suggestions ?? [],
    generation,
  });
}

/** Forgets what was said and not taken in yet, at sign-out. */
export function forgetEarly(): void {
  early.value = [];
}

/** Applies the fix of a remark. */
export function applyFix(fix: Fix): void {
  // The fix is made for a text that includes the words in the field.
  if (maya.peek()) sayField();
  const now = draft.peek();
  draft.value = withUndo(now, { text: replaced(now.text, fix) });
}

/** Takes the last change of the draft back. */
export function undo(): void {
  draft.value = undone(draft.peek(), takeSpareSeed());
  announce("Undone.");
}

/** Empties the draft; the settings stay. */
export function startOver(): void {
  draft.value = withUndo(draft.peek(), { text: "", slots: {}, like: null });
}

/** Switches Maya off: what she sorted becomes text in the field. */
export function writeMyself(): void {
  const state = preview.peek();
  const now = draft.peek();
  // Of several prompts the preview shows only the first; the choices stand in the text itself.
  const composed = state.state === "ready" && Object.keys(now.slots).length > 0 && variety.peek().state === "single";
  const words = composed ? personsWords(state.preview.spans) : wordsOf(now);
  rememberMaya(false);
  early.value = [];
  draft.value = { ...now, text: words, slots: {}, said: "", like: null, past: [] };
}

/** Switches Maya on: the words in the field are for her. */
export function askMaya(): void {
  const now = draft.peek();
  rememberMaya(true);
  draft.value = { ...now, said: now.text, text: "", slots: {} };
}
