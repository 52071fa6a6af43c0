import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Whole } from "../pictures/whole";
import { EffectTable } from "../preview/effect-table";
import { PromptText } from "../preview/prompt-text";
import { isCut, subjectOf } from "../state/history/describe";
import { wholeOf } from "../state/history/history";
import { isFinal, type Listed } from "../state/history/timeline";
import type { Exchange } from "../state/talk/talk-log";
import { Button } from "../ui/button";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { Outcome } from "./outcome";
import { TurnActions } from "./turn-actions";
import { UnderWay } from "./under-way";

/** One request and its outcome: the person's words, unless the exchanges above show them, then Maya's answer. */
export function GenerationTurn({ generation, exchanges }: { generation: Listed; exchanges: readonly Exchange[] }) {
  const talked = exchanges.length > 0;
  const asked = talked ? exchanges.map(({ turn }) => turn.said).join("; ") : subjectOf(generation);
  return (
    <article class={talked ? "turn turn-talked" : "turn"} aria-label={`Request: ${asked}`}>
      {!talked && (
        <div class="said">
          <p class="visually-hidden">You:</p>
          <Said generation={generation} />
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
        <Sent generation={generation} />
      </div>
    </article>
  );
}

/** The person's words. Of long ones a summary has the beginning, and the rest is fetched on demand. */
function Said({ generation }: { generation: Listed }) {
  const { busy, error, run } = useAction();
  const words = useRef<HTMLParagraphElement>(null);
  const showAll = () =>
    run(async () => {
      await wholeOf(generation);
      // The button that had the focus is gone.
      words.current?.focus();
    });
  return (
    <>
      <p class="said-words" ref={words} tabIndex={-1}>
        {subjectOf(generation)}
      </p>
      {error.value && <ErrorNotice error={error.value} />}
      {isCut(generation) && (
        <Button kind="quiet" disabled={busy.value} onClick={showAll}>
          Show all your words
        </Button>
      )}
    </>
  );
}

/** The prompt and the parameter report, fetched when they are opened. */
function Sent({ generation }: { generation: Listed }) {
  const open = useSignal(false);
  return (
    <details class="sent" onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
      <summary>What was sent</summary>
      {open.value && (
        <Whole generation={generation}>
          {({ spans, effects, enhancements }) => (
            <>
              <PromptText spans={spans} />
              <EffectTable effects={effects} enhancements={enhancements} caption="What became of each parameter" />
            </>
          )}
        </Whole>
      )}
    </details>
  );
}
