import { useSignal } from "@preact/signals";
import type { GenerationStatus } from "../api/types";
import { sizeOf } from "../pictures/size";
import { aspectOf } from "../state/history/describe";
import { cancel } from "../state/history/history";
import type { Listed } from "../state/history/timeline";
import { Button } from "../ui/button";
import { Confirm } from "../ui/confirm";
import { plural } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

const phases = [
  ["waiting", "Waiting"],
  ["booting", "Starting"],
  ["generating", "Generating"],
  ["saving", "Saving"],
] as const satisfies readonly (readonly [GenerationStatus, string])[];

/** A generation under way: its phase and progress as the provider reports them, and frames in the pictures' places. */
export function UnderWay({ generation }: { generation: Listed }) {
  const { width, height } = sizeOf(aspectOf(generation));
  const frames = Array.from({ length: generation.request.pictures }, (_, index) => index);
  return (
    <>
      <div class={`pictures pictures-${frames.length}`}>
        {frames.map((index) => (
          <svg
            key={index}
            aria-hidden="true"
            class={`frame ${width > height ? "wide" : "tall"}`}
            viewBox={`0 0 ${width} ${height}`}
          >
            <rect width={width} height={height} />
          </svg>
        ))}
      </div>
      {generation.queue_position !== null && <p class="answer-words">{placeSentence(generation.queue_position)}</p>}
      <ol class="phases">
        {phases.map(([phase, title], place) => (
          <Phase key={phase} title={title} place={place} generation={generation} />
        ))}
      </ol>
      <Cancel generation={generation} />
    </>
  );
}

interface PhaseProps {
  title: string;
  /** Its index among the phases. */
  place: number;
  generation: Listed;
}

function Phase({ title, place, generation: { status, progress } }: PhaseProps) {
  const now = phases.findIndex(([phase]) => phase === status);
  const current = place === now;
  const generating = current && status === "generating";
  return (
    <li
      class={current ? "phase phase-current" : place < now ? "phase phase-done" : "phase"}
      aria-current={current ? "step" : undefined}
    >
      {generating ? (
        <progress max={100} value={progress?.percent ?? 0} aria-label="Generating" />
      ) : (
        <span class="phase-line" />
      )}
      <span>
        {title}
        {generating && progress !== null && (
          <span class="phase-percent" title={`Step ${progress.step} of ${progress.steps}`}>
            {progress.percent} %
          </span>
        )}
      </span>
    </li>
  );
}

const placeSentence = (place: number): string =>
  place === 1 ? "It is next, once one of your other requests is done." : `It is number ${place} in your queue.`;

function Cancel({ generation }: { generation: Listed }) {
  const { busy, error, run } = useAction();
  const asking = useSignal(false);
  if (generation.cancel_requested) return <p class="answer-words">Canceling…</p>;
  const { id, cancel_costs } = generation;
  const ask = () => {
    if (cancel_costs > 0) asking.value = true;
    else run(() => cancel(id));
  };
  return (
    <>
      {error.value && <ErrorNotice error={error.value} />}
      <Button kind="quiet" disabled={busy.value} onClick={ask}>
        Cancel
      </Button>
      {asking.value && (
        <Confirm
          title="Cancel this request?"
          text={`The provider has begun. If you cancel now, it counts as ${plural(cancel_costs, "picture")}, and you get none.`}
          action="Cancel it"
          onConfirm={() => cancel(id)}
          onClose={() => {
            asking.value = false;
          }}
        />
      )}
    </>
  );
}
