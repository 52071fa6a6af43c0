import type { Series } from "../api/types";
import { endedFrames, sentenceFor, unfinished } from "../state/series/series";

/** The series that are not finished, each with its progress and a link to it; nothing without one. */
export function SeriesNote() {
  return (
    <>
      {unfinished.value.map((one) => (
        <section key={one.id} class="series-note" aria-label={`Series: ${one.title}`}>
          <p class="series-note-title">
            <a href={`/series/${one.id}`}>{one.title}</a>
          </p>
          <Progress series={one} />
        </section>
      ))}
    </>
  );
}

/** How far a series is. */
export function Progress({ series }: { series: Series }) {
  return (
    <>
      <p>{sentenceFor(series)}</p>
      <progress value={endedFrames(series)} max={series.counts.frames} aria-label="Frames that have ended" />
    </>
  );
}
