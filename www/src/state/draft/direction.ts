// Between the composer's draft and the director's: what the director reads, and what its answer changes.
import type { Composition, Picture, PictureDraft } from "../../api/types";
import { type ComposerDraft, compositionOf } from "./composer-draft";

/** The most undo steps. */
const MAX_PAST = 20;

/** The draft as the director takes it. */
export function directorDraftOf(draft: ComposerDraft): PictureDraft {
  return { composition: wantedOf(draft), ...(draft.like !== null && { like: draft.like }), past: [...draft.past] };
}

/** The composition with the seed only when the person locked it: they did not ask for a seed that the page drew. */
function wantedOf(draft: ComposerDraft): Composition {
  const composition = compositionOf(draft);
  if (draft.seedLocked) return composition;
  const { seed: _, ...overrides } = composition.overrides;
  return { ...composition, overrides };
}

/** The draft with the director's changes. `seed` replaces a locked seed that the director released. */
export function withDirectorDraft(
  draft: ComposerDraft,
  { composition, like, past }: PictureDraft,
  seed: number,
): ComposerDraft {
  return { ...withWanted(draft, composition ?? {}, seed), like: like ?? null, past: past ?? [] };
}

function withWanted(draft: ComposerDraft, wanted: Partial<Composition>, seed: number): ComposerDraft {
  const { seed: kept, ...overrides } = wanted.overrides ?? {};
  return {
    ...draft,
    text: wanted.text ?? "",
    slots: wanted.slots ?? {},
    preset: wanted.preset ?? draft.preset,
    overrides,
    pictures: wanted.pictures ?? 1,
    placement: wanted.placement ?? draft.placement,
    quality: wanted.quality ?? draft.quality,
    enhancements: wanted.enhancements ?? [],
    seed: kept ?? (draft.seedLocked ? seed : draft.seed),
    seedLocked: kept !== undefined,
  };
}

/** The draft with `words` appended as they stand, for when the director cannot sort them. */
export function withWords(draft: ComposerDraft, words: string): ComposerDraft {
  return withUndo(draft, {
    text: [draft.text, words]
      .map((part) => part.trim())
      .filter(Boolean)
      .join(", "),
  });
}

/** The draft with a change that can be undone. */
export const withUndo = (draft: ComposerDraft, part: Partial<ComposerDraft>): ComposerDraft => ({
  ...draft,
  past: [...draft.past, wantedOf(draft)].slice(-MAX_PAST),
  ...part,
});

/** The draft before its last change; the draft itself when nothing has changed. `seed` is as in `withDirectorDraft`. */
export function undone(draft: ComposerDraft, seed: number): ComposerDraft {
  const before = draft.past.at(-1);
  return before === undefined
    ? draft
    : { ...withWanted(draft, before, seed), past: draft.past.slice(0, -1), like: null };
}

/** The seeds of `pictures`, in order. */
export const seedsOf = (pictures: readonly Picture[]): number[] =>
  pictures.flatMap(({ recipe: { seed } }) => (seed === null ? [] : [seed]));
