import type { Generation } from "../api/types";
import { EffectTable } from "../preview/effect-table";
import { PromptText } from "../preview/prompt-text";
import { subjectOf } from "../state/history/describe";
import { isFinal } from "../state/history/timeline";
import type { Exchange } from "../state/talk/talk-log";
import { Moment } from "../ui/format";
import { Outcome } from "./outcome";
import { TurnActions } from "./turn-actions";
import { UnderWay } from "./under-way";

/** One request and its outcome: the person's words, unless the exchanges above show them, then Maya's answer. */
export function GenerationTurn({ generation, exchanges }: { generation: Generation; exchanges: readonly Exchange[] }) {
  const talked = exchanges.length > 0;
  const asked = talked ? exchanges.map(({ said }) => said).join("; ") : subjectOf(generation);
  return (
    <article class={talked ? "turn turn-talked" : "turn"} aria-label={`Request: ${asked}`}>
      {!talked && (
        <div class="said">
          <p class="visually-hidden">You:</p>
          <p class="said-words">{asked}</p>
          <p class="small-print">
            <Moment at={generation.created_at} />
          </p>
        </div>
      )}
      <div class="answer">
        {talked ? (
          <p class="small-print">
            <Moment at={generation.created_at} />
          </p>
        ) : (
          <p class="answer-name">Maya</p>
        )}
        {isFinal(generation) ? <Outcome generation={generation} /> : <UnderWay generation={generation} />}
        {isFinal(generation) && <TurnActions generation={generation} />}
        <details class="sent">
          <summary>What was sent</summary>
          <PromptText spans={generation.spans} />
          <EffectTable effects={generation.effects} caption="What became of each parameter" />
        </details>
      </div>
    </article>
  );
}
