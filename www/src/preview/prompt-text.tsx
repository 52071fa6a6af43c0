import type { Span, SpanSource } from "../api/types";

/** The final prompt, each part marked by whose words it is. Its text content is the prompt, to the character. */
export function PromptText({ spans }: { spans: readonly Span[] }) {
  return (
    <p class="prompt-text" data-prompt>
      {spans.map(({ source, text }, index) => (
        <span key={index} class={`span-${source}`}>
          {text}
        </span>
      ))}
    </p>
  );
}

const names: [SpanSource, string][] = [
  ["trigger", "Your trigger word"],
  ["you", "Your words"],
  ["quality", "Quality text"],
];

/** What the marks of a [`PromptText`] mean. */
export function PromptLegend() {
  return (
    <ul class="legend" aria-label="Marks in the prompt">
      {names.map(([source, name]) => (
        <li key={source}>
          <span class={`span-${source}`}>{name}</span>
        </li>
      ))}
    </ul>
  );
}
