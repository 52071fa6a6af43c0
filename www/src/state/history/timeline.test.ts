import assert from "node:assert/strict";
import { test } from "node:test";
import { generation, picture, summaryOf } from "../fixtures";
import {
  applyEvent,
  emptyTimeline,
  type Listed,
  leavesGap,
  merge,
  picturesOf,
  turnsOf,
  withoutPicture,
} from "./timeline";

const ids = (timeline: typeof emptyTimeline) => timeline.generations.map(({ id }) => id);

test("generations are sorted newest first, however they arrive", () => {
  const timeline = merge(merge(emptyTimeline, [generation("gen_2", 1)]), [
    generation("gen_1", 1),
    generation("gen_3", 1),
  ]);
  assert.deepEqual(ids(timeline), ["gen_3", "gen_2", "gen_1"]);
});

test("an older event never replaces a newer state", () => {
  const newer = applyEvent(emptyTimeline, { type: "generation", generation: generation("gen_1", 5, "saving") });
  const after = applyEvent(newer, { type: "generation", generation: generation("gen_1", 4, "generating") });
  assert.equal(after.generations[0]?.status, "saving");
  const snapshot = merge(after, [summaryOf(generation("gen_1", 6, "succeeded"))]);
  assert.equal(snapshot.generations[0]?.status, "succeeded");
});

test("a summary of the same state never replaces the whole generation", () => {
  const whole = generation("gen_1", 5);
  const summary = summaryOf(whole);
  assert.deepEqual(merge(merge(emptyTimeline, [whole]), [summary]).generations, [whole]);
  assert.deepEqual(merge(merge(emptyTimeline, [summary]), [whole]).generations, [whole]);
  const newer = { ...summary, revision: 6 };
  assert.deepEqual(merge(merge(emptyTimeline, [whole]), [newer]).generations, [newer]);
});

test("places in the queue change without a new revision", () => {
  const places = (timeline: typeof emptyTimeline) => timeline.generations.map(({ queue_position }) => queue_position);
  const queued = (id: string, queue_position: number | null) => ({ ...generation(id, 1, "waiting"), queue_position });
  const asked = merge(emptyTimeline, [queued("gen_1", 1), queued("gen_2", 2), queued("gen_3", 3)]);
  const moved = applyEvent(asked, { type: "queue", generations: ["gen_1", "gen_3"] });
  assert.deepEqual(places(moved), [2, null, 1]);
  const listed = merge(moved, [summaryOf(queued("gen_3", 1))]);
  assert.deepEqual(places(listed), [1, null, 1]);
});

test("a deleted picture stays deleted when an older message still names it", () => {
  const withTwo = generation("gen_1", 3, "succeeded", [picture("pic_a"), picture("pic_b", 1)]);
  const deleted = applyEvent(merge(emptyTimeline, [withTwo]), {
    type: "picture_deleted",
    generation: "gen_1",
    picture: "pic_a",
  });
  const after = merge(deleted, [withTwo]);
  assert.deepEqual(
    picturesOf(after).map(({ picture: { id } }) => id),
    ["pic_b"],
  );
  assert.deepEqual(picturesOf(withoutPicture(after, "pic_b")), []);
});

test("a restored picture is shown again", () => {
  const withOne = generation("gen_1", 3, "succeeded", [picture("pic_a")]);
  const deleted = withoutPicture(merge(emptyTimeline, [withOne]), "pic_a");
  const restored = merge(deleted, [{ ...withOne, revision: 5 }]);
  assert.deepEqual(
    picturesOf(restored).map(({ picture: { id } }) => id),
    ["pic_a"],
  );
});

test("a deleted generation is shown again when it is restored, and by no older message", () => {
  const known = generation("gen_1", 3);
  const deleted = applyEvent(merge(emptyTimeline, [known]), { type: "generation_deleted", generation: "gen_1" });
  assert.deepEqual(ids(deleted), []);
  assert.deepEqual(ids(merge(deleted, [known])), []);
  assert.deepEqual(ids(merge(deleted, [{ ...known, revision: 4 }])), ["gen_1"]);
});

test("pictures keep the order of their indices within a generation", () => {
  const timeline = merge(emptyTimeline, [
    generation("gen_1", 1, "succeeded", [picture("a")]),
    generation("gen_2", 1, "succeeded", [picture("b"), picture("c", 1)]),
  ]);
  assert.deepEqual(
    picturesOf(timeline).map(({ picture: { id } }) => id),
    ["b", "c", "a"],
  );
});

test("a snapshot that touches nothing known leaves a gap", () => {
  const timeline = merge(emptyTimeline, [generation("gen_1", 1)]);
  assert.equal(leavesGap(timeline, [generation("gen_9", 1)]), true);
  assert.equal(leavesGap(timeline, [generation("gen_9", 1), generation("gen_1", 1)]), false);
  assert.equal(leavesGap(timeline, []), false);
  assert.equal(leavesGap(emptyTimeline, [generation("gen_9", 1)]), false);
});

test("a series is one turn, whatever its first frame has been through", () => {
  const frame = (id: string, number: number) => ({ ...generation(id, 1), series: { id: "ser_1", frame: number } });
  const turns = (...known: Listed[]) => turnsOf(merge(emptyTimeline, known)).map(({ id }) => id);
  const alone = generation("gen_0", 1);
  const tried = [frame("gen_1", 0), frame("gen_2", 1), frame("gen_3", 0)];
  assert.deepEqual(turns(alone, ...tried), ["gen_1", "gen_0"], "tried again");
  assert.deepEqual(turns(alone, frame("gen_2", 1), frame("gen_3", 2)), ["gen_2", "gen_0"], "deleted");
});
