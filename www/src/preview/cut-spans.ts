import type { Span } from "../api/types";

/** A span of a prompt; `afterCut`: the cut lies directly before it. */
export interface CutSpan extends Span {
  readonly afterCut?: boolean;
}

/** The spans with a cut at `place`, in UTF-16 code units from the start of the prompt. It may divide a span. */
export function cutSpans(spans: readonly Span[], place: number): CutSpan[] {
  let begin = 0;
  return spans.flatMap((span): CutSpan[] => {
    const at = place - begin;
    begin += span.text.length;
    if (at < 0 || at >= span.text.length) return [span];
    if (at === 0) return [{ ...span, afterCut: true }];
    return [
      { ...span, text: span.text.slice(0, at) },
      { ...span, text: span.text.slice(at), afterCut: true },
    ];
  });
}
