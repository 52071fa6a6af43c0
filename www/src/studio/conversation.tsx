import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { hasEarlier, loadError, loaded, loading, loadMore, timeline } from "../state/history/history";
import { turnsOf } from "../state/history/timeline";
import { talk } from "../state/talk/talk";
import { type Exchange, leadingTo } from "../state/talk/talk-log";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { ExchangeTurn } from "./exchange";
import { GenerationTurn } from "./generation-turn";
import { SeriesTurn } from "./series-turn";
import { Welcome } from "./welcome";

const STEP = 20;
/** How many of the known generations are shown: the gallery may have loaded many more. */
const shownCount = signal(STEP);

/** The conversation: oldest first, the newest above the composer. */
export function Conversation() {
  const known = turnsOf(timeline.value);
  const shown = known.slice(0, shownCount.value).reverse();
  const newest = known[0];
  const end = useRef<HTMLDivElement>(null);

  // Scrolls to the end after layout, because the composer grows with the description.
  useEffect(() => {
    if (newest !== undefined || talk.value.length > 0)
      end.current?.closest(".studio-chat")?.scrollIntoView({ block: "end" });
  }, [newest?.id, newest?.status, talk.value.at(-1)?.id]);

  const waiting = leadingTo(talk.value, null);
  const latest = waiting.at(-1)?.id;
  const exchangeTurn = (exchange: Exchange) => (
    <ExchangeTurn key={exchange.id} exchange={exchange} current={exchange.id === latest} />
  );

  // One flat list, so that an exchange keeps its element when it leads to a generation and is not read out again.
  const turns = shown.flatMap((generation) => {
    const exchanges = leadingTo(talk.value, generation.id);
    return [
      ...exchanges.map(exchangeTurn),
      generation.series === null ? (
        <GenerationTurn key={generation.id} generation={generation} exchanges={exchanges} />
      ) : (
        <SeriesTurn key={generation.series.id} id={generation.series.id} />
      ),
    ];
  });
  turns.push(...waiting.map(exchangeTurn));

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
      {/* Only additions are read out: the status line announces progress. */}
      <div role="log" aria-label="Conversation" aria-relevant="additions" class="log">
        {turns}
      </div>
      <div ref={end} />
    </div>
  );
}
