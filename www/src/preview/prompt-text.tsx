import { Fragment } from "preact";
import type { Span, SpanSource } from "../api/types";
import { type CutSpan, cutSpans } from "./cut-spans";

/**
 * The final prompt, with each part marked by its origin. The element's text content is exactly the prompt.
 * `cut`: where the overall style stops, because CLIP reads no further.
 */
export function PromptText({ spans, cut = null }: { spans: readonly Span[]; cut?: number | null }) {
  return (
    <p class="prompt-text" data-prompt>
      {(cut === null ? spans : cutSpans(spans, cut)).map(({ source, text, afterCut }: CutSpan, index) => (
        <Fragment key={index}>
          {afterCut === true && <span class="clip-cut" />}
          <span class={`span-${source}`}>{text}</span>
        </Fragment>
      ))}
    </p>
  );
}

const names: [SpanSource, string][] = [
  ["trigger", "Your trigger word"],
  ["you", "Your words"],
  ["quality", "Quality text"],
];

/** Explains the marks of a [`PromptText`]. */
export function PromptLegend({ cut = false }: { cut?: boolean }) {
  return (
    <ul class="legend" aria-label="Marks in the prompt">
      {names.map(([source, name]) => (
        <li key={source}>
          <span class={`span-${source}`}>{name}</span>
        </li>
      ))}
      {cut && (
        <li class="legend-cut">
          <span class="clip-cut" />
          The overall style comes from the words up to here, the picture itself from all of them.
        </li>
      )}
    </ul>
  );
}
