import type { Generation } from "../api/types";
import { EffectTable } from "../preview/effect-table";
import { PromptText } from "../preview/prompt-text";
import { isFinal } from "../state/timeline";
import { Moment } from "../ui/time";
import { Outcome } from "./outcome";
import { TurnActions } from "./turn-actions";
import { UnderWay } from "./under-way";

/** One request and what became of it: the person's words, then Maya's answer. */
export function Turn({ generation }: { generation: Generation }) {
  return (
    <article class="turn" aria-label={`Request: ${generation.request.text}`}>
      <div class="said">
        <p class="visually-hidden">You:</p>
        <p class="said-words">{generation.request.text}</p>
        <p class="small-print">
          <Moment at={generation.created_at} />
        </p>
      </div>
      <div class="answer">
        <p class="answer-name">Maya</p>
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
