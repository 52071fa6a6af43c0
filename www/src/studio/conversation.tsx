import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { hasEarlier, loadEarlier, loadError, loading, ready, reopen, results } from "../state/talk/conversation";
import { log } from "../state/talk/said";
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
  // Before it has loaded, what was said could not stand beside what it led to.
  const known = ready.value || loadError.value !== null ? results.value : [];
  const shown = known.slice(0, shownCount.value).reverse();
  const newest = known[0];
  const exchanges = leadingTo(log.value, known);
  const end = useRef<HTMLDivElement>(null);

  // Scrolls to the end after layout, because the composer grows with the description.
  useEffect(() => {
    if (newest !== undefined || log.value.length > 0)
      end.current?.closest(".studio-chat")?.scrollIntoView({ block: "end" });
  }, [newest?.id, newest?.status, log.value.at(-1)?.key]);

  const waiting = exchanges.get(null) ?? [];
  const latest = waiting.at(-1)?.key;
  const exchangeTurn = ({ key, turn }: Exchange) => <ExchangeTurn key={key} turn={turn} current={key === latest} />;

  // One flat list, so that an exchange keeps its element when it leads to a generation and is not read out again.
  const turns = shown.flatMap((generation) => {
    const leading = exchanges.get(generation.id) ?? [];
    return [
      ...leading.map(exchangeTurn),
      generation.series === null ? (
        <GenerationTurn key={generation.id} generation={generation} exchanges={leading} />
      ) : (
        <SeriesTurn key={generation.series.id} id={generation.series.id} />
      ),
    ];
  });
  turns.push(...waiting.map(exchangeTurn));

  const more = known.length > shownCount.value || hasEarlier.value;
  const showEarlier = async () => {
    if (known.length < shownCount.value + STEP) await loadEarlier();
    shownCount.value += STEP;
  };

  return (
    <div class="conversation">
      {more && (
        <Button kind="quiet" disabled={loading.value} onClick={() => void showEarlier()}>
          Show earlier
        </Button>
      )}
      {loadError.value && (
        <ErrorNotice error={loadError.value}>
          <Button onClick={() => void (ready.value ? loadEarlier() : reopen())}>Try again</Button>
        </ErrorNotice>
      )}
      {shown.length === 0 && waiting.length === 0 && ready.value && <Welcome />}
      {/* Only additions are read out: the status line announces progress. */}
      <div role="log" aria-label="Conversation" aria-relevant="additions" class="log">
        {turns}
      </div>
      <div ref={end} />
    </div>
  );
}
