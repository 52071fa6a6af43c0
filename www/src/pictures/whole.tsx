import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Generation } from "../api/types";
import { wholeOf } from "../state/history/history";
import { isWhole, type Listed } from "../state/history/timeline";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

interface WholeProps {
  generation: Listed;
  children(whole: Generation): ComponentChildren;
}

/** Content that needs a whole generation, which is fetched when only its summary is known. */
export function Whole({ generation, children }: WholeProps) {
  if (isWhole(generation)) return <>{children(generation)}</>;
  return <Fetching key={generation.id} generation={generation} />;
}

/** Fetches the generation, whose arrival in the timeline replaces this. */
function Fetching({ generation }: { generation: Listed }) {
  const { busy, error, run } = useAction();
  const fetch = () => run(async () => void (await wholeOf(generation)));
  // A summary that changed during the fetch is newer than what was fetched, so the fetch is repeated.
  useEffect(() => {
    if (!busy.value && error.value === null) fetch();
  }, [generation.revision, busy.value]);
  if (error.value === null) return <p class="small-print">Loading…</p>;
  return (
    <ErrorNotice error={error.value}>
      <Button disabled={busy.value} onClick={fetch}>
        Try again
      </Button>
    </ErrorNotice>
  );
}
