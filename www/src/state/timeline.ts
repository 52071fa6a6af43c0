// What is known of the person's generations, from pages and events, in one order that no message can disturb.
import type { Event, Generation, Picture } from "../api/types";

export interface Timeline {
  /** Newest first. */
  readonly generations: readonly Generation[];
  /** Pictures deleted while the page is open: an older message must not bring one back. */
  readonly deleted: ReadonlySet<string>;
}

export const emptyTimeline: Timeline = { generations: [], deleted: new Set() };

const finals = new Set<Generation["status"]>(["succeeded", "failed", "canceled"]);

export const isFinal = (generation: Generation): boolean => finals.has(generation.status);

/** The timeline after `event`. */
export function applyEvent(timeline: Timeline, event: Event): Timeline {
  switch (event.type) {
    case "snapshot":
      return merge(timeline, event.generations);
    case "generation":
      return merge(timeline, [event.generation]);
    case "picture_deleted":
      return withoutPicture(timeline, event.picture);
  }
}

/** Takes in generations in any order; of two states of one, the higher revision stays. */
export function merge(timeline: Timeline, incoming: readonly Generation[]): Timeline {
  if (incoming.length === 0) return timeline;
  const known = new Map(timeline.generations.map((generation) => [generation.id, generation]));
  for (const generation of incoming) {
    const before = known.get(generation.id);
    if (before === undefined || generation.revision >= before.revision)
      known.set(generation.id, strip(generation, timeline.deleted));
  }
  // Ids begin with their time and sort as text.
  const generations = [...known.values()].sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
  return { ...timeline, generations };
}

export function withoutPicture(timeline: Timeline, picture: string): Timeline {
  const deleted = new Set(timeline.deleted).add(picture);
  return { deleted, generations: timeline.generations.map((generation) => strip(generation, deleted)) };
}

/**
 * Whether the newest generations the server names leave a gap to those known here: more was made elsewhere,
 * while this page was away, than one message holds.
 */
export function leavesGap(timeline: Timeline, newest: readonly Generation[]): boolean {
  if (timeline.generations.length === 0 || newest.length === 0) return false;
  const known = new Set(timeline.generations.map(({ id }) => id));
  return !newest.some(({ id }) => known.has(id));
}

/** A picture with the generation it belongs to. */
export interface Shown {
  readonly generation: Generation;
  readonly picture: Picture;
}

/** Every stored picture, newest generation first, in the order of their indices. */
export function picturesOf(timeline: Timeline): Shown[] {
  return timeline.generations.flatMap((generation) => generation.pictures.map((picture) => ({ generation, picture })));
}

function strip(generation: Generation, deleted: ReadonlySet<string>): Generation {
  if (!generation.pictures.some(({ id }) => deleted.has(id))) return generation;
  return { ...generation, pictures: generation.pictures.filter(({ id }) => !deleted.has(id)) };
}
