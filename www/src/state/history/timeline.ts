// The known generations, merged from pages and events that may arrive in any order.
import type { Event, Generation, GenerationSummary, Picture, PictureSummary } from "../../api/types";

/** A generation as an event or a page shows it: whole, or as a summary. */
export type Listed = Generation | GenerationSummary;

export const isWhole = (generation: Listed): generation is Generation => "spans" in generation;

export interface Timeline {
  /** Newest first. */
  readonly generations: readonly Listed[];
  /**
   * Generations and pictures deleted while the page is open, each with the revision that its generation had. An older
   * message must not bring one back; a newer one has what was restored.
   */
  readonly deleted: ReadonlyMap<string, number>;
}

export const emptyTimeline: Timeline = { generations: [], deleted: new Map() };

const finals = new Set<Listed["status"]>(["succeeded", "failed", "canceled"]);

export const isFinal = (generation: Listed): boolean => finals.has(generation.status);

/** The timeline after `event`. */
export function applyEvent(timeline: Timeline, event: Event): Timeline {
  switch (event.type) {
    case "generation":
      return merge(timeline, [event.generation]);
    case "queue":
      return withQueue(timeline, event.generations);
    case "picture_deleted":
      return withoutPicture(timeline, event.picture);
    case "generation_deleted":
      return withoutGeneration(timeline, event.generation);
    default:
      return timeline;
  }
}

/** The timeline after the queue moved up: `queue` has the ids of all that wait, the next one first. */
function withQueue(timeline: Timeline, queue: readonly string[]): Timeline {
  const generations = timeline.generations.map((generation) => {
    const place = queue.indexOf(generation.id);
    const queue_position = place < 0 ? null : place + 1;
    return generation.queue_position === queue_position ? generation : { ...generation, queue_position };
  });
  return { ...timeline, generations };
}

/** Merges generations in any order. Of two states of one generation, the higher revision stays; of equal ones, the whole. */
export function merge(timeline: Timeline, incoming: readonly Listed[]): Timeline {
  if (incoming.length === 0) return timeline;
  const known = new Map(timeline.generations.map((generation) => [generation.id, generation]));
  for (const generation of incoming) {
    if (isDeleted(timeline.deleted, generation.id, generation)) continue;
    const before = known.get(generation.id);
    if (before === undefined || supersedes(generation, before))
      known.set(generation.id, withoutDeleted(generation, timeline.deleted));
    else if (generation.revision === before.revision && generation.queue_position !== before.queue_position)
      // A place in the queue changes without a new revision.
      known.set(generation.id, { ...before, queue_position: generation.queue_position });
  }
  // Ids begin with their time, so they sort as text.
  const generations = [...known.values()].sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
  return { ...timeline, generations };
}

function supersedes(after: Listed, before: Listed): boolean {
  if (after.revision !== before.revision) return after.revision > before.revision;
  return isWhole(after) || !isWhole(before);
}

export function withoutPicture(timeline: Timeline, picture: string): Timeline {
  const holder = timeline.generations.find(({ pictures }) => pictures.some(({ id }) => id === picture));
  if (holder === undefined) return timeline;
  const deleted = new Map(timeline.deleted).set(picture, holder.revision);
  return { deleted, generations: timeline.generations.map((generation) => withoutDeleted(generation, deleted)) };
}

export function withoutGeneration(timeline: Timeline, id: string): Timeline {
  const known = timeline.generations.find((generation) => generation.id === id);
  if (known === undefined) return timeline;
  return {
    deleted: new Map(timeline.deleted).set(id, known.revision),
    generations: timeline.generations.filter((generation) => generation !== known),
  };
}

export function withoutSeries(timeline: Timeline, id: string): Timeline {
  const frames = timeline.generations.filter(({ series }) => series?.id === id);
  return frames.reduce((left, frame) => withoutGeneration(left, frame.id), timeline);
}

function isDeleted(deleted: Timeline["deleted"], id: string, { revision }: Listed): boolean {
  const at = deleted.get(id);
  return at !== undefined && revision <= at;
}

/**
 * Whether a gap lies between the server's newest generations and the known ones: while this page was away, more
 * were made elsewhere than one message holds.
 */
export function leavesGap(timeline: Timeline, newest: readonly Listed[]): boolean {
  if (timeline.generations.length === 0 || newest.length === 0) return false;
  const known = new Set(timeline.generations.map(({ id }) => id));
  return !newest.some(({ id }) => known.has(id));
}

/** A picture with its generation. */
export interface KnownPicture {
  readonly generation: Listed;
  readonly picture: Picture | PictureSummary;
}

/** Every picture, newest generation first, in the order of their indices. */
export function picturesOf(timeline: Timeline): KnownPicture[] {
  return timeline.generations.flatMap((generation) => generation.pictures.map((picture) => ({ generation, picture })));
}

/**
 * The generations that have a turn in the conversation, newest first. A series is one turn, at the place of the first
 * attempt at its earliest frame that is known.
 */
export function turnsOf({ generations }: Timeline): Listed[] {
  const places = new Map<string, { frame: number; generation: Listed }>();
  for (const generation of generations) {
    const { series } = generation;
    if (series === null) continue;
    const place = places.get(series.id);
    // Of several attempts at one frame, the last in this order is the first that was made.
    if (place === undefined || series.frame <= place.frame) places.set(series.id, { frame: series.frame, generation });
  }
  return generations.filter(
    (generation) => generation.series === null || places.get(generation.series.id)?.generation === generation,
  );
}

function withoutDeleted<G extends Listed>(generation: G, deleted: Timeline["deleted"]): G {
  const gone = ({ id }: { id: string }) => isDeleted(deleted, id, generation);
  if (!generation.pictures.some(gone)) return generation;
  return { ...generation, pictures: generation.pictures.filter((picture) => !gone(picture)) };
}
