// The person's generations as signals, and everything that changes them.
import { computed, signal } from "@preact/signals";
import { cancelGeneration, getGeneration, getGenerations } from "../../api/endpoints";
import { type ApiError, toApiError } from "../../api/error";
import type { Event, Generation } from "../../api/types";
import { refreshMe } from "../session";
import { announce, sentenceFor } from "../status-line";
import {
  applyEvent,
  emptyTimeline,
  isFinal,
  isWhole,
  type Listed,
  leavesGap,
  merge,
  picturesOf,
  type Timeline,
} from "./timeline";

export const timeline = signal<Timeline>(emptyTimeline);
export const pictures = computed(() => picturesOf(timeline.value));

/** The cursor of the next older page: `null` at the end, `undefined` before the first page. */
const cursor = signal<string | null | undefined>(undefined);
export const loading = signal(false);
export const loadError = signal<ApiError | null>(null);
/** The first page has arrived. */
export const loaded = computed(() => cursor.value !== undefined);
export const hasEarlier = computed(() => typeof cursor.value === "string");

/** Raised whenever what lies in the bin has changed. */
export const binEdition = signal(0);

export const underWay = (): boolean => timeline.peek().generations.some((generation) => !isFinal(generation));

export function resetHistory(): void {
  timeline.value = emptyTimeline;
  cursor.value = undefined;
  loadError.value = null;
}

/** Loads the newest page, or the next older one. */
export async function loadMore(): Promise<void> {
  if (loading.peek() || cursor.peek() === null) return;
  loading.value = true;
  loadError.value = null;
  try {
    const page = await getGenerations(cursor.peek() ?? null, null);
    timeline.value = merge(timeline.peek(), page.generations);
    cursor.value = page.next_cursor;
  } catch (thrown) {
    loadError.value = toApiError(thrown);
  } finally {
    loading.value = false;
  }
}

/** Applies an event that concerns generations; another one changes nothing. */
export function apply(event: Event): void {
  const before = timeline.peek();
  timeline.value = applyEvent(before, event);
  announceChanges(before, timeline.peek(), false);
}

/** Starts over with the newest page. `next` leads to the one before it. */
export function restart(newest: readonly Listed[], next: string | null): void {
  resetHistory();
  takeNewest(newest, next);
  cursor.value = next;
}

/** Merges generations that changed while the page was away. */
export function takeListed(changed: readonly Listed[]): void {
  const before = timeline.peek();
  timeline.value = merge(before, changed);
  announceChanges(before, timeline.peek(), false);
}

/** Merges the server's newest generations; starts over if a gap separates them from the known ones. `next` leads on. */
export function takeNewest(newest: readonly Listed[], next: string | null): void {
  let before = timeline.peek();
  const gap = leavesGap(before, newest);
  if (gap) {
    resetHistory();
    before = timeline.peek();
  }
  timeline.value = merge(before, newest);
  announceChanges(before, timeline.peek(), before.generations.length === 0);
  if (gap) cursor.value = next;
}

/** The whole of a listed generation, fetched if only its summary is known. */
export async function wholeOf(generation: Listed): Promise<Generation> {
  if (isWhole(generation)) return generation;
  const whole = await getGeneration(generation.id);
  takeGeneration(whole);
  return whole;
}

/** Applies the response to a request of this page. */
export function takeGeneration(generation: Generation): void {
  apply({ type: "generation", generation });
}

function announceChanges(before: Timeline, after: Timeline, silent: boolean): void {
  if (before === after || silent) return;
  const known = new Map(before.generations.map((generation) => [generation.id, generation]));
  let ended = false;
  for (const generation of after.generations) {
    const earlier = known.get(generation.id);
    // A series announces itself. A generation that had ended before the page learned of it is not announced.
    if (earlier === generation || (earlier === undefined && isFinal(generation))) continue;
    const sentence = generation.series !== null ? null : sentenceFor(earlier, generation);
    if (sentence !== null) announce(sentence);
    ended ||= isFinal(generation) && earlier !== undefined && !isFinal(earlier);
  }
  if (ended) void refreshMe();
}

export async function cancel(id: string): Promise<void> {
  const generation = await cancelGeneration(id);
  if (generation !== null) takeGeneration(generation);
}
