// What Generate would send at this moment: with Maya, what she makes of the words in the field is part of it already.
import { computed } from "@preact/signals";
import type { Context, Turn } from "../api/types";
import { directedOf, seedsOf, withDirected, withWords } from "../state/direction";
import { draft } from "../state/draft";
import { timeline } from "../state/history";
import { maya } from "../state/maya";
import type { Draft } from "../state/request";
import { drawSeed } from "../state/seed";
import { tools } from "./engine";

/** More than this is refused, and Maya would not read it. */
const MOST_CHARACTERS = 4_000;

/** Choices are kept as they are written: sorted into slots they would fall apart. */
const choiceMarks = /[{}\\]|__/;

/** The seed that is taken when the person gives up the one they kept. */
let spareSeed = drawSeed();
export const takeSpareSeed = (): number => {
  const seed = spareSeed;
  spareSeed = drawSeed();
  return seed;
};

const context = computed<Context>(() => {
  const newest = timeline.value.generations.find(({ pictures }) => pictures.length > 0);
  return { shown: seedsOf(newest?.pictures ?? []) };
});

/** What saying `words` would come to; null when Maya cannot be asked, or must not touch them. */
export function turnOf(before: Draft, words: string): Turn | null {
  if (tools.value.state !== "ready" || choiceMarks.test(words) || words.length > MOST_CHARACTERS) return null;
  try {
    return tools.value.module.direct(directedOf(before), words, context.value);
  } catch (thrown) {
    console.error(thrown);
    return null;
  }
}

/** The draft after `words` were said. */
export const afterSaying = (before: Draft, words: string, turn: Turn | null): Draft =>
  turn === null ? withWords(before, words) : withDirected(before, turn.draft, spareSeed);

/** There are words in the field for Maya. */
const forMaya = computed(() => maya.value && draft.value.said.trim() !== "");

/** Maya has not arrived yet; a preview without her would be another one in a moment. */
export const awaitingMaya = computed(() => forMaya.value && tools.value.state === "loading");

/** What Maya makes of the words in the field, before they are said. */
export const turn = computed<Turn | null>(() => (forMaya.value ? turnOf(draft.value, draft.value.said) : null));

export const intended = computed<Draft>(() =>
  forMaya.value ? afterSaying(draft.value, draft.value.said, turn.value) : draft.value,
);
