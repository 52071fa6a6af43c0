import { useSignal } from "@preact/signals";
import { type ApiError, toApiError } from "../api/error";
import type { Generation, GenerationStatus } from "../api/types";
import { sizeOf } from "../pictures/size";
import { cancel } from "../state/history";
import { phaseWords } from "../state/progress";
import { aspectOf } from "../state/request";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";

const phases: readonly GenerationStatus[] = ["waiting", "booting", "generating", "saving"];

/** A generation under way: where it is, in the provider's own numbers, and frames that hold the pictures' places. */
export function UnderWay({ generation }: { generation: Generation }) {
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
      <ol class="phases">
        {phases.map((phase) => (
          <Phase key={phase} phase={phase} generation={generation} />
        ))}
      </ol>
      <Cancel generation={generation} />
    </>
  );
}

function Phase({ phase, generation: { status, progress } }: { phase: GenerationStatus; generation: Generation }) {
  const place = phases.indexOf(phase) - phases.indexOf(status);
  const current = place === 0;
  return (
    <li
      class={current ? "phase phase-current" : place < 0 ? "phase phase-done" : "phase"}
      aria-current={current ? "step" : undefined}
    >
      {phase === "generating" && current ? (
        <progress max={100} value={progress?.percent ?? 0} aria-label="Generating" />
      ) : (
        <span class="phase-line" />
      )}
      <span>
        {phaseWords[phase]}
        {current && phase === "generating" && progress !== null && (
          <span class="phase-percent" title={`Step ${progress.step} of ${progress.steps}`}>
            {progress.percent} %
          </span>
        )}
      </span>
    </li>
  );
}

function Cancel({ generation }: { generation: Generation }) {
  const error = useSignal<ApiError | null>(null);
  const stop = async () => {
    error.value = null;
    try {
      await cancel(generation.id);
    } catch (thrown) {
      error.value = toApiError(thrown);
    }
  };
  if (generation.cancel_requested) return <p class="answer-words">Canceling…</p>;
  return (
    <>
      {error.value && <ErrorNotice error={error.value} />}
      <Button kind="quiet" onClick={() => void stop()}>
        Cancel
      </Button>
    </>
  );
}
