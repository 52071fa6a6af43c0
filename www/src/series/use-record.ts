import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { getSeriesRecord } from "../api/endpoints";
import { type ApiError, toApiError } from "../api/error";
import type { SeriesRecord } from "../api/types";
import { takeListed } from "../state/history/history";
import { series, takeSeries } from "../state/series/series";

/** A series with its frames, which follows the series' events. */
export interface Followed {
  value: Signal<SeriesRecord | null>;
  error: Signal<ApiError | null>;
  /** Takes the answer to an action. */
  take(record: SeriesRecord): void;
}

export function useRecord(id: string): Followed {
  const value = useSignal<SeriesRecord | null>(null);
  const error = useSignal<ApiError | null>(null);
  const busy = useRef(false);
  const take = (record: SeriesRecord) => {
    value.value = record;
    takeListed(record.frames.flatMap(({ generation, earlier }) => (generation === null ? earlier : [generation])));
    takeSeries(record);
  };
  const isBehind = () => (series.peek().get(id)?.revision ?? 0) > (value.peek()?.revision ?? -1);
  const load = async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      do take(await getSeriesRecord(id));
      while (isBehind());
    } catch (thrown) {
      error.value = toApiError(thrown);
    } finally {
      busy.current = false;
    }
  };
  const newest = series.value.get(id)?.revision;
  useEffect(() => {
    if (value.peek() === null || isBehind()) void load();
  }, [newest]);
  return { value, error, take };
}
