// One series with its frames, as the page that shows it follows it.
import { type Signal, signal } from "@preact/signals";
import { deleteSeries, getSeriesRecord } from "../../api/endpoints";
import { type ApiError, toApiError } from "../../api/error";
import type { SeriesRecord } from "../../api/types";
import { takeListed } from "../history/history";
import { series, takeSeries } from "./series";

export interface Followed {
  /** Null until it has loaded. */
  value: Signal<SeriesRecord | null>;
  error: Signal<ApiError | null>;
  /** Takes the answer to an action. An older record changes nothing. */
  take(record: SeriesRecord): void;
  /** Loads the record, and again while the list of series knows a newer revision. */
  load(): Promise<void>;
  /** Loads the record if the list of series has changed it or no longer has it. */
  follow(): void;
}

/** Takes a series and its frames into what the page knows. */
export function takeRecord(record: SeriesRecord): void {
  takeListed(record.frames.flatMap(({ generation, earlier }) => (generation === null ? earlier : [generation])));
  takeSeries(record);
}

/** The series that this page is deleting. */
const beingDeleted = new Set<string>();

/** Deletes a series. Its event may come before the answer, and is then no reason to load the series again. */
export async function deleteRecord(id: string): Promise<void> {
  beingDeleted.add(id);
  try {
    await deleteSeries(id);
  } finally {
    beingDeleted.delete(id);
  }
}

/** The series `id`, which is loaded and follows the list of series when the caller says so. */
export function followed(id: string): Followed {
  const value = signal<SeriesRecord | null>(null);
  const error = signal<ApiError | null>(null);
  let loading = false;
  const take = (record: SeriesRecord) => {
    if (record.revision < (value.peek()?.revision ?? 0)) return;
    value.value = record;
    takeRecord(record);
  };
  const listed = () => series.peek().get(id);
  const isBehind = () => (listed()?.revision ?? 0) > (value.peek()?.revision ?? -1);
  const load = async () => {
    if (loading) return;
    loading = true;
    try {
      do take(await getSeriesRecord(id));
      while (isBehind());
      error.value = null;
    } catch (thrown) {
      error.value = toApiError(thrown);
    } finally {
      loading = false;
    }
  };
  const follow = () => {
    if (beingDeleted.has(id)) return;
    // A series that has left the list was deleted.
    if (value.peek() === null || listed() === undefined || isBehind()) void load();
  };
  return { value, error, take, load, follow };
}
