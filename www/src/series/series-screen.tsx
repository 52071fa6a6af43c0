import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { cancelRest, pauseSeries, resumeSeries } from "../api/endpoints";
import type { SeriesRecord } from "../api/types";
import { NotFound } from "../not-found";
import { navigate, path } from "../router";
import { removeSeries } from "../state/history/deleting";
import { choices } from "../state/models";
import { type Followed, followed } from "../state/series/record";
import { hasEnded, sentenceFor, series } from "../state/series/series";
import { Progress } from "../studio/series-note";
import { Button } from "../ui/button";
import { plural } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { frameTitle } from "./axes";
import { BlindVote } from "./blind-vote";
import { FrameCard } from "./frame-card";
import { nextPair } from "./pairs";

/** `/series/{id}`: one shoot or comparison. */
export function SeriesScreen() {
  const id = /^\/series\/([^/]+)\/?$/.exec(path.value)?.[1];
  return id === undefined ? <NotFound /> : <Shown key={id} id={id} />;
}

function Shown({ id }: { id: string }) {
  const record = useMemo(() => followed(id), [id]);
  const newest = series.value.get(id)?.revision;
  useEffect(record.follow, [record, newest]);
  const voting = useRef<ReturnType<typeof nextPair>>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const stopped = useSignal(false);
  const known = record.value.value;
  if (record.error.value?.code === "not_found") return <NotFound />;
  if (known === null)
    return record.error.value === null ? (
      <p class="opening">Loading the series…</p>
    ) : (
      <div class="plain-page">
        <ErrorNotice error={record.error.value}>
          <Button onClick={() => void record.load()}>Try again</Button>
        </ErrorNotice>
      </div>
    );
  // Two axes make a grid. Its rows are those of the second.
  const columns = known.axes.length === 2 ? (known.axes[0]?.values.length ?? null) : null;
  // A vote stays until the person goes on, although its event says that it has been cast.
  voting.current ??= nextPair(known);
  const pair = voting.current;
  const goOn = (voted: SeriesRecord) => {
    voting.current = null;
    record.take(voted);
    // The button that had the focus is gone.
    heading.current?.focus();
  };
  const stop = () => {
    stopped.value = true;
    heading.current?.focus();
  };
  return (
    <div class="series">
      <div class="series-head">
        <h1 tabIndex={-1} ref={heading}>
          {known.title}
        </h1>
        {hasEnded(known) ? <p>{sentenceFor(known)}</p> : <Progress series={known} />}
        <p class="small-print">{costWords(known)}</p>
        <Actions record={known} take={record.take} />
      </div>
      {pair === null || stopped.value ? (
        <ol class={`series-frames ${columns === null ? "" : "series-grid"}`} style={{ "--columns": columns }}>
          {known.frames.map((frame) => (
            <FrameCard
              key={frame.number}
              series={known}
              frame={frame}
              title={frameTitle(frame, choices.value)}
              take={record.take}
            />
          ))}
        </ol>
      ) : (
        <BlindVote
          key={pair.map(({ picture }) => picture).join()}
          series={known}
          pair={pair}
          onStop={stop}
          titleOf={({ frame }) => frameTitle(frame, choices.value)}
          take={goOn}
        />
      )}
    </div>
  );
}

const costWords = ({ cost: { used, reserved } }: SeriesRecord): string =>
  reserved === 0 ? `${plural(used, "picture")} used.` : `${plural(used, "picture")} used, ${reserved} reserved.`;

/** What can be done to the series as a whole. */
function Actions({ record, take }: { record: SeriesRecord; take: Followed["take"] }) {
  const { busy, error, run } = useAction();
  const act = (action: (id: string) => Promise<SeriesRecord>) => run(async () => take(await action(record.id)));
  const remove = () => run(() => removeSeries(record.id, () => navigate("/")));
  return (
    <>
      <div class="series-actions">
        {record.counts.waiting > 0 && !record.paused && (
          <Button disabled={busy.value} onClick={() => act(pauseSeries)}>
            Pause
          </Button>
        )}
        {record.counts.waiting > 0 && record.paused && (
          <Button kind="primary" disabled={busy.value} onClick={() => act(resumeSeries)}>
            Resume
          </Button>
        )}
        {record.counts.waiting > 0 && (
          <Button disabled={busy.value} onClick={() => act(cancelRest)}>
            Cancel the rest
          </Button>
        )}
        {hasEnded(record) && (
          <Button kind="quiet" disabled={busy.value} onClick={remove}>
            Delete the series
          </Button>
        )}
      </div>
      {error.value && <ErrorNotice error={error.value} />}
    </>
  );
}
