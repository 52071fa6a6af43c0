import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { castVote, imageAddress } from "../api/endpoints";
import type { Preferred, SeriesRecord } from "../api/types";
import { PresetFromPicture } from "../pictures/preset-from-picture";
import type { Followed } from "../state/series/record";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import type { Candidate } from "./pairs";

interface VoteProps {
  series: SeriesRecord;
  pair: readonly [Candidate, Candidate];
  /** What a candidate is called once the person has chosen. */
  titleOf(candidate: Candidate): string;
  take: Followed["take"];
  /** Shows all pictures with their names, without further votes. */
  onStop(): void;
}

/** Two cells side by side in random order, without their names, until the person has chosen. */
export function BlindVote({ series, pair, titleOf, take, onStop }: VoteProps) {
  const { busy, error, run } = useAction();
  const shown = useMemo(() => (Math.random() < 0.5 ? pair : ([pair[1], pair[0]] as const)), []);
  const answer = useSignal<{ record: SeriesRecord; chosen: Candidate | null } | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [first, second] = shown;
  const sentenceOf = (chosen: Candidate | null) =>
    chosen === null ? "You saw no difference." : `You preferred ${titleOf(chosen)}.`;
  const vote = (preferred: Preferred, chosen: Candidate | null) =>
    run(async () => {
      const body = { first: first.picture, second: second.picture, preferred, blind: true };
      answer.value = { record: await castVote(series.id, body), chosen };
      announce(sentenceOf(chosen));
      // The button that had the focus is gone.
      heading.current?.focus();
    });
  const voted = answer.value;
  return (
    <section class="vote" aria-labelledby="vote-title">
      <h2 id="vote-title" ref={heading} tabIndex={-1}>
        Which one looks more like you?
      </h2>
      <div class="vote-pair">
        {shown.map((candidate, index) => (
          <figure key={candidate.picture}>
            <img
              src={imageAddress(candidate.picture)}
              alt={index === 0 ? "The first of the two" : "The second of the two"}
            />
            <figcaption>
              {voted === null ? (
                <Button
                  disabled={busy.value}
                  onClick={() => vote(index === 0 ? "first" : "second", candidate)}
                >{`Picture ${index + 1}`}</Button>
              ) : (
                titleOf(candidate)
              )}
            </figcaption>
          </figure>
        ))}
      </div>
      {error.value && <ErrorNotice error={error.value} />}
      <div class="vote-answer">
        {voted === null ? (
          <>
            <Button kind="quiet" disabled={busy.value} onClick={() => vote("tie", null)}>
              I see no difference
            </Button>
            <Button kind="quiet" disabled={busy.value} onClick={onStop}>
              Show all pictures, with their values
            </Button>
          </>
        ) : (
          <>
            <p>{sentenceOf(voted.chosen)}</p>
            {voted.chosen !== null && (
              <PresetFromPicture label="Keep its settings as your preset" picture={voted.chosen.picture} />
            )}
            <Button kind="primary" onClick={() => take(voted.record)}>
              Go on
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
