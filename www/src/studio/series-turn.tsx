import { useEffect } from "preact/hooks";
import { getSeriesRecord, thumbnailAddress } from "../api/endpoints";
import { hasEnded, sentenceFor, series, takeSeries } from "../state/series/series";
import { Moment } from "../ui/format";
import { Progress } from "./series-note";

/** A series in the conversation: its title, how far it is, and its first pictures. */
export function SeriesTurn({ id }: { id: string }) {
  const known = series.value.get(id);
  useEffect(() => {
    // An old series is not among the newest, which are loaded by themselves.
    if (known === undefined) getSeriesRecord(id).then(takeSeries, () => {});
  }, [id]);
  if (known === undefined) return null;
  return (
    <article class="turn series-turn" aria-label={`Series: ${known.title}`}>
      <div class="answer">
        <p class="answer-name">{known.kind === "shoot" ? "Photoshoot" : "Comparison"}</p>
        <p class="series-note-title">
          <a href={`/series/${id}`}>{known.title}</a>
        </p>
        {hasEnded(known) ? <p>{sentenceFor(known)}</p> : <Progress series={known} />}
        {known.cover.length > 0 && (
          <a class="series-cover" href={`/series/${id}`} aria-label={`Open ${known.title}`}>
            {known.cover.map((picture) => (
              <img key={picture.id} src={thumbnailAddress(picture.id, 256)} alt="" loading="lazy" decoding="async" />
            ))}
          </a>
        )}
        <p class="small-print">
          <Moment at={known.created_at} />
        </p>
      </div>
    </article>
  );
}
