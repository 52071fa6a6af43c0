// The conversation with Maya: what is said to her changes the draft, and she answers.
import { effect, signal, untracked } from "@preact/signals";
import type { Fix, Turn } from "../../api/types";
import { fullModule } from "../../engine/modules";
import { draft, maya, rememberMaya } from "../draft/composer";
import type { ComposerDraft } from "../draft/composer-draft";
import { undone, withUndo } from "../draft/direction";
import { afterSaying, intended, takeSpareSeed, turnOf } from "../draft/intended";
import { preview } from "../draft/preview";
import { groups } from "../draft/slots";
import { replaced } from "../draft/text";
import { variety } from "../draft/variety";
import { personsWords } from "../history/describe";
import { announce } from "../status-line";
import { readStored, talkKey, writeStored } from "../storage";
import { type Exchange, parseLog, settled, withExchange } from "./talk-log";

export const talk = signal<readonly Exchange[]>([]);

/** Reads this user's conversation, follows it in other tabs, and stores changes. Returns how to stop, for sign-out. */
export function keepTalk(user: string): () => void {
  const key = talkKey(user);
  talk.value = parseLog(readStored(key));
  const stopStoring = talk.subscribe((log) => {
    const text = log.length === 0 ? null : JSON.stringify(log);
    if (text !== readStored(key)) writeStored(key, text);
  });
  const onStorage = (event: StorageEvent) => {
    if (event.key === key) talk.value = parseLog(event.newValue);
  };
  addEventListener("storage", onStorage);
  return () => {
    removeEventListener("storage", onStorage);
    stopStoring();
    early.value = [];
    talk.value = [];
  };
}

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

/** Adds what was said and answered to the conversation. */
export function remember(words: string, turn: Turn | null, more = ""): void {
  const exchange: Exchange = {
    id: crypto.randomUUID(),
    said: words.trim(),
    answer: (turn?.reply || "I have kept your words as you wrote them.") + more,
    question: turn?.question ?? null,
    next: turn?.suggestions ?? [],
    generation: null,
  };
  talk.value = withExchange(talk.peek(), exchange);
}

/** Assigns everything said so far to this generation. */
export function settle(generation: string): void {
  talk.value = settled(talk.peek(), generation);
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
  const sorted = groups(now.slots).flatMap(({ entries }) => entries);
  // Of several prompts the preview shows only the first; the choices stand in the text itself.
  const composed = state.state === "ready" && sorted.length > 0 && variety.peek().state === "single";
  const words = composed
    ? personsWords(state.preview.spans)
    : [...sorted, now.text, now.said].filter(Boolean).join(", ");
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
