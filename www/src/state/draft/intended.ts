// What Generate would send now. With Maya, it includes what she makes of the words in the field.
import { computed } from "@preact/signals";
import type { Context, DirectorTurn } from "../../api/types";
import { fullModule } from "../../engine/modules";
import { isWhole } from "../history/timeline";
import { results } from "../talk/conversation";
import { draft, maya } from "./composer";
import type { ComposerDraft } from "./composer-draft";
import { directorDraftOf, seedsOf, withDirectorDraft, withWords } from "./direction";
import { drawSeed } from "./seed";
import { isTooLong } from "./text";

/** Text with choices stays as it is written: sorted into slots, a choice would fall apart. */
const choiceMarks = /[{}\\]|__/;

/** The seed that replaces a locked seed which the person gives up. Drawn ahead, so that a preview shows it. */
let spareSeed = drawSeed();
export const takeSpareSeed = (): number => {
  const seed = spareSeed;
  spareSeed = drawSeed();
  return seed;
};

const context = computed<Context>(() => {
  const newest = results.value.find(({ pictures }) => pictures.length > 0);
  if (newest === undefined) return { shown: [] };
  if (isWhole(newest)) return { shown: seedsOf(newest.pictures) };
  const { seed } = newest;
  return { shown: seed === null ? [] : newest.pictures.map(() => seed) };
});

/** The director's answer to `words`; null when it has not loaded or must not sort them. */
export function turnOf(before: ComposerDraft, words: string): DirectorTurn | null {
  if (fullModule.value.state !== "ready" || choiceMarks.test(words) || isTooLong(words)) return null;
  try {
    return fullModule.value.module.direct(directorDraftOf(before), words, context.value);
  } catch (thrown) {
    console.error(thrown);
    return null;
  }
}

/** The draft after `words` were said and answered with `turn`. */
export const afterSaying = (before: ComposerDraft, words: string, turn: DirectorTurn | null): ComposerDraft =>
  turn === null ? withWords(before, words) : withDirectorDraft(before, turn.draft, spareSeed);

/** The field holds words for Maya. */
const forMaya = computed(() => maya.value && draft.value.said.trim() !== "");

/** The director is still loading: a preview without it would change a moment later. */
export const awaitingMaya = computed(() => forMaya.value && fullModule.value.state === "loading");

/** The director's answer to the words in the field, before they are said. */
export const turn = computed<DirectorTurn | null>(() => (forMaya.value ? turnOf(draft.value, draft.value.said) : null));

export const intended = computed<ComposerDraft>(() =>
  forMaya.value ? afterSaying(draft.value, draft.value.said, turn.value) : draft.value,
);
