import { useRef } from "preact/hooks";
import { retryFrame } from "../api/endpoints";
import type { Frame, FrameGeneration, SeriesRecord } from "../api/types";
import { PictureButton } from "../pictures/picture-button";
import { ratioStyle } from "../pictures/size";
import { aspectOf } from "../state/history/describe";
import type { Followed } from "../state/series/record";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

interface FrameProps {
  series: SeriesRecord;
  frame: Frame;
  title: string;
  take: Followed["take"];
}

/** One frame: its pictures, or why there are none yet. */
export function FrameCard({ series, frame, title, take }: FrameProps) {
  const { generation } = frame;
  return (
    <li class="series-frame">
      {generation === null ? (
        <p class="series-blank">Deleted.</p>
      ) : generation.pictures.length > 0 ? (
        generation.pictures.map((picture) => (
          <PictureButton key={picture.id} generation={generation} picture={picture} />
        ))
      ) : (
        <div class="series-blank" style={ratioStyle(aspectOf(generation))}>
          <p>{wordsFor(generation, series.paused)}</p>
          {/* Each generation has a key of its own: a second failure asks for another try. */}
          <Retry key={generation.id} series={series} frame={frame} take={take} />
        </div>
      )}
      <p class="series-frame-title">{title}</p>
    </li>
  );
}

function wordsFor({ status, queue_position, failure, pictures }: FrameGeneration, paused: boolean): string {
  switch (status) {
    case "waiting":
      if (queue_position !== null) return `Waiting, number ${queue_position} in your queue.`;
      return paused ? "Waits until you resume." : "On its way.";
    case "booting":
      return "The provider is starting your model.";
    case "generating":
      return "Being made.";
    case "saving":
      return "Being stored.";
    case "succeeded":
      return pictures.length === 0 ? "Deleted." : "";
    case "failed":
      return failure?.message ?? "No picture was made.";
    case "canceled":
      return "Canceled.";
  }
}

/** Asks for the frame once more. A repeated click after a lost connection asks for nothing twice. */
function Retry({ series, frame, take }: Omit<FrameProps, "title">) {
  const { busy, error, run } = useAction();
  const key = useRef(crypto.randomUUID());
  const status = frame.generation?.status;
  if (status !== "failed" && status !== "canceled") return null;
  const retry = () => run(async () => take(await retryFrame(series.id, frame.number, key.current)));
  return (
    <>
      <Button disabled={busy.value} onClick={retry}>
        Try again
      </Button>
      {error.value && <ErrorNotice error={error.value} />}
    </>
  );
}
