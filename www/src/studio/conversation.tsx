import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { hasEarlier, loadError, loaded, loading, loadMore, timeline } from "../state/history";
import { talk } from "../state/talk";
import { type Exchange, leadingTo } from "../state/talk-log";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { ExchangeTurn } from "./exchange";
import { Turn } from "./turn";
import { Welcome } from "./welcome";

const STEP = 20;
/** How many of the known generations the conversation shows: the gallery may have loaded many more. */
const shownCount = signal(STEP);

/** The conversation: oldest first, the newest above the composer. */
export function Conversation() {
  const known = timeline.value.generations;
  const shown = known.slice(0, shownCount.value).reverse();
  const newest = known[0];
  const end = useRef<HTMLDivElement>(null);

  // Once everything has its place: the composer grows with the picture.
  useEffect(() => {
    if (newest !== undefined || talk.value.length > 0)
      end.current?.closest(".studio-chat")?.scrollIntoView({ block: "end" });
  }, [newest?.id, newest?.status, talk.value.at(-1)?.id]);

  const waiting = leadingTo(talk.value, null);
  const latest = waiting.at(-1)?.id;
  const turnOf = (exchange: Exchange) => (
    <ExchangeTurn key={exchange.id} exchange={exchange} current={exchange.id === latest} />
  );

  // One flat list: an exchange that has led to a generation stays the element it was, and is not read out again.
  const turns = shown.flatMap((generation) => {
    const exchanges = leadingTo(talk.value, generation.id);
    return [...exchanges.map(turnOf), <Turn key={generation.id} generation={generation} exchanges={exchanges} />];
  });
  turns.push(...waiting.map(turnOf));

  const more = known.length > shownCount.value || hasEarlier.value;
  const showEarlier = async () => {
    if (known.length < shownCount.value + STEP) await loadMore();
    shownCount.value += STEP;
  };

  return (
    <div class="conversation">
      {more && shown.length > 0 && (
        <Button kind="quiet" disabled={loading.value} onClick={() => void showEarlier()}>
          Show earlier
        </Button>
      )}
      {loadError.value && (
        <ErrorNotice error={loadError.value}>
          <Button onClick={() => void loadMore()}>Try again</Button>
        </ErrorNotice>
      )}
      {shown.length === 0 && waiting.length === 0 && loaded.value && <Welcome />}
      {/* Only what is added is read out: percents that count up are the status line's. */}
      <div role="log" aria-label="Conversation" aria-relevant="additions" class="log">
        {turns}
      </div>
      <div ref={end} class="conversation-end" />
    </div>
  );
}
