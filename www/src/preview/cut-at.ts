import type { Span } from "../api/types";

/** A span; `after`: the mark stands before it. */
export interface CutSpan extends Span {
  readonly after?: boolean;
}

/** The spans with one of them cut in two at `place`, counted over all of them in UTF-16 code units. */
export function cutAt(spans: readonly Span[], place: number): CutSpan[] {
  let begin = 0;
  return spans.flatMap((span): CutSpan[] => {
    const at = place - begin;
    begin += span.text.length;
    if (at < 0 || at >= span.text.length) return [span];
    if (at === 0) return [{ ...span, after: true }];
    return [
      { ...span, text: span.text.slice(0, at) },
      { ...span, text: span.text.slice(at), after: true },
    ];
  });
}
