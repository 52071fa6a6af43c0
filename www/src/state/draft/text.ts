// Lengths and places in a text.

/** The most characters that a text may have, counted as the studio counts them: Unicode code points. */
const MAX_CHARACTERS = 4_000;

export function isTooLong(text: string): boolean {
  // A code point is one or two UTF-16 code units, so most texts need no count.
  return text.length > MAX_CHARACTERS && [...text].length > MAX_CHARACTERS;
}

/** A range of a text in UTF-16 code units, as JavaScript indexes strings. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** `text` with the range of `edit` replaced by its text. */
export const replaced = (text: string, edit: Range & { readonly text: string }): string =>
  text.slice(0, edit.start) + edit.text + text.slice(edit.end);

/** A piece of a text, and the first of the marks that cover it. */
export interface Piece<Mark> {
  readonly text: string;
  readonly mark: Mark | null;
}

/** Cuts `text` where marks begin and end. Where marks overlap, the earlier in the list wins. */
export function pieces<Mark extends Range>(text: string, marks: readonly Mark[]): Piece<Mark>[] {
  const inside = (place: number) => Math.max(0, Math.min(text.length, place));
  const cuts = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [inside(start), inside(end)])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    return { text: text.slice(start, end), mark: marks.find((mark) => mark.start <= start && end <= mark.end) ?? null };
  });
}
