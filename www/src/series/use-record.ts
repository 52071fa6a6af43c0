import { useEffect, useMemo } from "preact/hooks";
import { type Followed, followed } from "../state/series/record";
import { series } from "../state/series/series";

/** A series with its frames, which follows the series' events. */
export function useRecord(id: string): Followed {
  const record = useMemo(() => followed(id), [id]);
  const newest = series.value.get(id)?.revision;
  useEffect(record.follow, [record, newest]);
  return record;
}
