// The conversation with Maya: what is said changes the draft, and is answered.
import { effect, signal, untracked } from "@preact/signals";
import type { Turn } from "../api/types";
import { tools } from "../preview/engine";
import { afterSaying, intended, takeSpareSeed, turnOf } from "../preview/intended";
import { preview } from "../preview/preview";
import { variety } from "../preview/variety";
import { announce } from "./announce";
import { remembering, takenBack } from "./direction";
import { draft } from "./draft";
import { rememberMaya } from "./maya";
import { type Draft, wordsOf } from "./request";
import { groups } from "./slots";
import { readStored, talkKey, writeStored } from "./storage";
import { type Exchange, parseLog, settled, withExchange } from "./talk-log";

export const talk = signal<readonly Exchange[]>([]);

/** Reads what this user and Maya said, also in another tab, and keeps it; call what it returns at sign-out. */
export function keepTalk(user: string): () => void {
  const key = talkKey(user);
  talk.value = parseLog(readStored(key));
  const stopKeeping = talk.subscribe((log) => {
    const text = log.length === 0 ? null : JSON.stringify(log);
    if (text !== readStored(key)) writeStored(key, text);
  });
  const elsewhere = (event: StorageEvent) => {
    if (event.key === key) talk.value = parseLog(event.newValue);
  };
  addEventListener("storage", elsewhere);
  return () => {
    removeEventListener("storage", elsewhere);
    stopKeeping();
    early.value = [];
    talk.value = [];
  };
}

/** What was said before Maya was there, in order; she hears it once she is. */
const early = signal<readonly { readonly words: string; readonly inField: boolean }[]>([]);

effect(() => {
  if (tools.value.state === "loading" || early.value.length === 0) return;
  const waiting = early.value;
  early.value = [];
  for (const { words, inField } of waiting) {
    // Whoever has gone on writing will say it again.
    if (!inField || draft.peek().said === words) untracked(() => say(words));
  }
});

/** Says what stands in the field. */
export function sayField(): void {
  const { said } = draft.peek();
  if (said.trim() !== "") say(said);
}

/** A setting is about to be chosen by hand: words in the field that ask for settings are taken in before, so that the hand has the last word. */
export function takeInWishes(): void {
  const [now, then] = [draft.peek(), intended.peek()];
  const settings = (one: Draft) => JSON.stringify([one.overrides, one.pictures, one.seedLocked && one.seed]);
  if (settings(now) !== settings(then)) sayField();
}

/** Says `words`; the field keeps what else stands in it. */
export function say(words: string): void {
  const before = draft.peek();
  const inField = before.said === words;
  if (tools.peek().state === "loading") {
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

/** Everything said so far led to this generation. */
export function settle(generation: string): void {
  talk.value = settled(talk.peek(), generation);
}

/** Takes the last change of the draft back. */
export function undo(): void {
  draft.value = takenBack(draft.peek(), takeSpareSeed());
  announce("Undone.");
}

/** An empty draft; the settings stay. */
export function startOver(): void {
  draft.value = remembering(draft.peek(), { text: "", slots: {}, like: null });
}

/** Gives the words to the person: what Maya gathered becomes text in the field. */
export function writeMyself(): void {
  const state = preview.peek();
  const now = draft.peek();
  // Of several prompts the preview shows the first alone; the words with the choices are what the person wrote.
  const sorted = groups(now.slots).flatMap(({ entries }) => entries);
  const words =
    state.state === "ready" && sorted.length > 0 && variety.peek().state === "single"
      ? wordsOf(state.preview.spans)
      : [...sorted, now.text, now.said].filter(Boolean).join(", ");
  rememberMaya(false);
  early.value = [];
  draft.value = { ...now, text: words, slots: {}, said: "", like: null, past: [] };
}

/** Gives the words in the field to Maya. */
export function askMaya(): void {
  const now = draft.peek();
  rememberMaya(true);
  draft.value = { ...now, said: now.text, text: "", slots: {} };
}
