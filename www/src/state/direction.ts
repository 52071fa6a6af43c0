// Between the page's draft and the director's: what Maya is shown, and what she makes of it.
import type { Composition, Draft as Directed, Picture } from "../api/types";
import { compositionOf, type Draft } from "./request";

/** Steps that can be taken back. */
const MOST_PAST = 20;

/** The draft as the director takes it. A seed is part of it only when the person wants to keep it. */
export function directedOf(draft: Draft): Directed {
  return { composition: wishOf(draft), ...(draft.like !== null && { like: draft.like }), past: [...draft.past] };
}

function wishOf(draft: Draft): Composition {
  const composition = compositionOf(draft);
  if (draft.seedLocked) return composition;
  const { seed: _, ...overrides } = composition.overrides;
  return { ...composition, overrides };
}

/** The draft that the director came to. `seed`: the one to take when the kept one is given up. */
export function withDirected(draft: Draft, { composition, like, past }: Directed, seed: number): Draft {
  return { ...withWish(draft, composition ?? {}, seed), like: like ?? null, past: past ?? [] };
}

function withWish(draft: Draft, wish: Partial<Composition>, seed: number): Draft {
  const { seed: kept, ...overrides } = wish.overrides ?? {};
  return {
    ...draft,
    text: wish.text ?? "",
    slots: wish.slots ?? {},
    preset: wish.preset ?? draft.preset,
    overrides,
    pictures: wish.pictures ?? 1,
    placement: wish.placement ?? draft.placement,
    quality: wish.quality ?? draft.quality,
    seed: kept ?? (draft.seedLocked ? seed : draft.seed),
    seedLocked: kept !== undefined,
  };
}

/** The draft with words added as they stand, when nobody can sort them. */
export function withWords(draft: Draft, words: string): Draft {
  return remembering(draft, {
    text: [draft.text, words]
      .map((part) => part.trim())
      .filter(Boolean)
      .join(", "),
  });
}

/** The draft with a change that can be taken back. */
export const remembering = (draft: Draft, part: Partial<Draft>): Draft => ({
  ...draft,
  past: [...draft.past, wishOf(draft)].slice(-MOST_PAST),
  ...part,
});

/** The draft before its last change; itself when there is none. */
export function takenBack(draft: Draft, seed: number): Draft {
  const before = draft.past.at(-1);
  return before === undefined ? draft : { ...withWish(draft, before, seed), past: draft.past.slice(0, -1), like: null };
}

/** The seeds of the pictures a person has before their eyes, in order. */
export const seedsOf = (pictures: readonly Picture[]): number[] =>
  pictures.flatMap(({ recipe: { seed } }) => (seed === null ? [] : [seed]));
