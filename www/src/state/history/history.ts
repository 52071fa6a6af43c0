// The person's generations as signals, and everything that changes them.
import { computed, signal } from "@preact/signals";
import { cancelGeneration, getGeneration, getGenerations } from "../../api/endpoints";
import { type ApiError, toApiError } from "../../api/error";
import type { Message } from "../../api/socket";
import type { Event, Generation } from "../../api/types";
import { takeNotice } from "../access/notices";
import { galleryEdition } from "../gallery";
import { refreshPresets } from "../presets";
import { dropSeries, loadSeries, takeSeries } from "../series/series";
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
    const page = await getGenerations(cursor.peek() ?? null);
    timeline.value = merge(timeline.peek(), page.generations);
    cursor.value = page.next_cursor;
  } catch (thrown) {
    loadError.value = toApiError(thrown);
  } finally {
    loading.value = false;
  }
}

/** Fetches the newest generations by HTTP, when no socket brings them. */
export async function refreshHistory(): Promise<void> {
  const page = await getGenerations(null).catch(() => null);
  if (page !== null) takeNewest(page.generations, page.next_cursor);
  void loadSeries();
}

/** Applies a message. A snapshot that is not the first message replaces what is known. */
export function takeMessage(message: Message, first: boolean): void {
  if (message.type === "snapshot") {
    if (!first) resetHistory();
    takeNewest(message.generations, message.next_cursor);
    void loadSeries();
    if (!first) {
      cursor.value = message.next_cursor;
      refreshOthers();
    }
  } else if (message.type === "changes") {
    takeListed(message.generations);
    for (const event of message.events) take(event);
  } else take(message);
}

/** Loads what events would have told of, had they not been missed. */
function refreshOthers(): void {
  binEdition.value += 1;
  galleryEdition.value += 1;
  refreshPresets();
  void refreshMe();
}

/** Applies one event. */
export function take(event: Event): void {
  if (event.type === "notice") {
    takeNotice(event.entry);
    return;
  }
  if (event.type === "series") {
    takeSeries(event.series);
    return;
  }
  if (event.type === "series_deleted") {
    dropSeries(event.series);
    return;
  }
  if (event.type === "bin_changed") binEdition.value += 1;
  if (event.type === "gallery_changed") galleryEdition.value += 1;
  if (event.type === "presets_changed") refreshPresets();
  const before = timeline.peek();
  timeline.value = applyEvent(before, event);
  announceChanges(before, timeline.peek(), false);
}

/** Merges generations that changed while the page was away. */
export function takeListed(changed: readonly Listed[]): void {
  const before = timeline.peek();
  timeline.value = merge(before, changed);
  announceChanges(before, timeline.peek(), false);
}

/** Merges the server's newest generations; starts over if a gap separates them from the known ones. `next` leads on. */
function takeNewest(newest: readonly Listed[], next: string | null): void {
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
  take({ type: "generation", generation });
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
