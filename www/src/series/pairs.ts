// Which two cells of a comparison are voted on next.
import type { Frame, SeriesRecord } from "../api/types";

/** A picture that is voted on. */
export interface Candidate {
  readonly picture: string;
  /** Its cell. */
  readonly frame: Frame;
}

/** The next two cells that differ in one value and have not been voted on; null when there are none. */
export function nextPair({ kind, state, frames, votes }: SeriesRecord): readonly [Candidate, Candidate] | null {
  if (kind !== "comparison" || state !== "succeeded") return null;
  const voted = new Set(votes.flatMap(({ first, second }) => [`${first} ${second}`, `${second} ${first}`]));
  const cells = frames.flatMap((frame) => {
    const { place, generation } = frame;
    const picture = generation?.pictures[0]?.id;
    return place === null || picture === undefined ? [] : [{ frame, place, picture }];
  });
  for (const one of cells)
    for (const other of cells)
      if (
        one.picture < other.picture &&
        (one.place.row === other.place.row || one.place.column === other.place.column) &&
        !voted.has(`${one.picture} ${other.picture}`)
      )
        return [one, other];
  return null;
}
