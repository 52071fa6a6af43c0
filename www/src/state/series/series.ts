// The person's shoots and comparisons. The studio makes them; the page asks for one, follows it, and shows it.
import { computed, signal } from "@preact/signals";
import { createComparison, createShoot, getSeries } from "../../api/endpoints";
import type { NewComparison, NewShoot, Series, SeriesRecord } from "../../api/types";
import { Attempts } from "../sending/attempt";
import { me, refreshMe } from "../session";
import { announce } from "../status-line";
import { comparisonKey, shootKey, storeAt } from "../storage";
import { begun } from "../talk/open";

/** The known series by id. */
export const series = signal<ReadonlyMap<string, Series>>(new Map());

/** Series with frames that are not made yet, newest first. */
export const unfinished = computed(() => [...series.value.values()].filter((one) => !hasEnded(one)).sort(byAge));

/** Ids begin with their time, so they sort as text. */
const byAge = (one: Series, other: Series): number => (one.id < other.id ? 1 : -1);

export const hasEnded = ({ state }: Series): boolean => state !== "running" && state !== "paused";

/** Frames that have ended, with or without pictures. */
export const endedFrames = ({ counts }: Series): number => counts.succeeded + counts.failed + counts.canceled;

export function resetSeries(): void {
  series.value = new Map();
}

/** Loads the newest series, for a page that has missed events. Known ones that the list leaves out were deleted. */
export async function loadSeries(): Promise<void> {
  const known = [...series.peek().keys()];
  const page = await getSeries(null).catch(() => null);
  if (page === null) return;
  const listed = new Set<string>(page.series.map(({ id }) => id));
  const oldest = page.next_cursor === null ? "" : (page.series.at(-1)?.id ?? "");
  const left = new Map(series.peek());
  for (const id of known) if (id >= oldest && !listed.has(id)) left.delete(id);
  series.value = page.series.reduce(withSeries, left);
}

/** Takes a state of a series; an older one changes nothing. */
export function takeSeries(after: Series): void {
  const before = series.peek().get(after.id);
  series.value = withSeries(series.peek(), after);
  if (before === undefined || hasEnded(before) || !hasEnded(after)) return;
  announce(sentenceFor(after));
  void refreshMe();
}

export function dropSeries(id: string): void {
  const rest = new Map(series.peek());
  rest.delete(id);
  series.value = rest;
}

function withSeries(known: ReadonlyMap<string, Series>, after: Series): ReadonlyMap<string, Series> {
  const before = known.get(after.id);
  return before !== undefined && before.revision > after.revision ? known : new Map(known).set(after.id, after);
}

/** Where a series is, in one sentence. */
export function sentenceFor({ state, counts: { frames, succeeded, under_way } }: Series): string {
  switch (state) {
    case "running":
      return `${succeeded} of ${frames} made, ${under_way} under way.`;
    case "paused":
      return `Paused, ${succeeded} of ${frames} made.`;
    case "succeeded":
      return succeeded === frames ? `All ${frames} are made.` : `${succeeded} of ${frames} are made.`;
    case "failed":
      return "No picture was made.";
    case "canceled":
      return "Canceled.";
  }
}

const newKey = () => crypto.randomUUID();
const user = () => me()?.id ?? "";
const shoots = new Attempts(
  storeAt(() => shootKey(user())),
  newKey,
  createShoot,
);
const comparisons = new Attempts(
  storeAt(() => comparisonKey(user())),
  newKey,
  createComparison,
);

/** Asks the studio for a shoot. Asked again after a lost connection, it makes nothing twice. */
export async function startShoot(shoot: NewShoot): Promise<SeriesRecord> {
  const session = await begun(shoot.title ?? "Photoshoot");
  return started(shoots.send(JSON.stringify({ ...shoot, session })));
}

export async function startComparison(comparison: NewComparison): Promise<SeriesRecord> {
  const session = await begun("Comparison");
  return started(comparisons.send(JSON.stringify({ ...comparison, session })));
}

async function started(answer: Promise<SeriesRecord>): Promise<SeriesRecord> {
  const record = await answer;
  takeSeries(record);
  void refreshMe();
  return record;
}
