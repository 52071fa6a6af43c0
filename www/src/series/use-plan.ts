import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { planComparison } from "../api/endpoints";
import type { ApiError } from "../api/error";
import type { SeriesPlan } from "../api/types";
import { useLoaded } from "../ui/use-loaded";

/** Milliseconds without a change after which the studio is asked. */
const PAUSE = 350;

export interface Planned {
  /** What the request would make; null until the studio has answered for its present state. */
  plan: SeriesPlan | null;
  error: ApiError | null;
  reload(): void;
}

/** Asks the studio what a comparison would make and cost. `body`: its request as JSON; null while it is incomplete. */
export function usePlan(body: string | null): Planned {
  const settled = useSignal(body);
  useEffect(() => {
    const timer = setTimeout(() => (settled.value = body), PAUSE);
    return () => clearTimeout(timer);
  }, [body]);
  const asked = settled.value;
  const loaded = useLoaded(async () => ({ asked, plan: asked === null ? null : await planComparison(asked) }), asked);
  const answer = loaded.value.value;
  return {
    plan: answer?.asked === body ? answer.plan : null,
    error: asked === body ? loaded.error.value : null,
    reload: loaded.reload,
  };
}
