import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Generation } from "../api/types";
import { wholeOf } from "../state/history/history";
import { isWhole, type Listed } from "../state/history/timeline";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

interface WholeProps {
  generation: Listed;
  children(whole: Generation): ComponentChildren;
}

/** What needs a whole generation: it is fetched when only its summary is known. */
export function Whole({ generation, children }: WholeProps) {
  const { error, run } = useAction();
  const { id } = generation;
  const whole = isWhole(generation);
  useEffect(() => {
    if (!whole) run(async () => void (await wholeOf(generation)));
  }, [id, whole]);
  if (isWhole(generation)) return <>{children(generation)}</>;
  return error.value === null ? <p class="small-print">Loading…</p> : <ErrorNotice error={error.value} />;
}
