import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { castVote, createPreset, imageAddress } from "../api/endpoints";
import type { Preferred, SeriesRecord } from "../api/types";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import type { Candidate } from "./pairs";
import type { Followed } from "./use-record";

interface VoteProps {
  series: SeriesRecord;
  pair: readonly [Candidate, Candidate];
  take: Followed["take"];
}

/** Two cells side by side in random order, without their names, until the person has chosen. */
export function BlindVote({ series, pair, take }: VoteProps) {
  const { busy, error, run } = useAction();
  const shown = useMemo(() => (Math.random() < 0.5 ? pair : ([pair[1], pair[0]] as const)), []);
  const answer = useSignal<{ record: SeriesRecord; chosen: Candidate | null } | null>(null);
  const [first, second] = shown;
  const vote = (preferred: Preferred, chosen: Candidate | null) =>
    run(async () => {
      const body = { first: first.picture, second: second.picture, preferred, blind: true };
      answer.value = { record: await castVote(series.id, body), chosen };
    });
  const voted = answer.value;
  return (
    <section class="vote" aria-label="Blind vote">
      <h2>Which one looks more like you?</h2>
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
                candidate.title
              )}
            </figcaption>
          </figure>
        ))}
      </div>
      {error.value && <ErrorNotice error={error.value} />}
      {voted === null ? (
        <Button kind="quiet" disabled={busy.value} onClick={() => vote("tie", null)}>
          I see no difference
        </Button>
      ) : (
        <>
          <p role="status">
            {voted.chosen === null ? "You saw no difference." : `You preferred ${voted.chosen.title}.`}
          </p>
          {voted.chosen !== null && <KeepAsPreset candidate={voted.chosen} />}
          <Button onClick={() => take(voted.record)}>Go on</Button>
        </>
      )}
    </section>
  );
}

/** Makes the settings of the preferred picture a preset of the person's own. */
function KeepAsPreset({ candidate }: { candidate: Candidate }) {
  const { busy, error, run } = useAction();
  const kept = useSignal(false);
  const keep = () =>
    run(async () => {
      await createPreset({ name: "My preset", from: { picture: candidate.picture } });
      kept.value = true;
    });
  return (
    <>
      {kept.value ? (
        <p role="status">Kept as “My preset”.</p>
      ) : (
        <Button kind="primary" disabled={busy.value} onClick={keep}>
          Keep as my preset
        </Button>
      )}
      {error.value && <ErrorNotice error={error.value} />}
    </>
  );
}
