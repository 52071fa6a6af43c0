import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { generation, picture, seriesRecord } from "../fixtures";
import { series, takeSeries } from "../series/series";
import { announcement } from "../status-line";
import { lastDeleted, removeGeneration, removePicture, removeSeries, restore } from "./deleting";
import { resetHistory, takeGeneration, timeline } from "./history";

const whole = generation("gen_1", 3, "succeeded", [picture("pic_a"), picture("pic_b", 1)]);
const shown = () => timeline.value.generations.map(({ id, pictures }) => [id, ...pictures.map((one) => one.id)]);

/** Answers a request for the generation with `stored`, and every other one with 204. */
const answer = (stored: typeof whole) => {
  globalThis.fetch = async (_, init) =>
    init?.method === "GET" ? Response.json(stored) : new Response(null, { status: 204 });
};

beforeEach(() => {
  resetHistory();
  takeGeneration(whole);
  answer({ ...whole, revision: 5 });
});

test("a deleted picture can be brought back", async () => {
  await removePicture("gen_1", "pic_a");
  assert.deepEqual(shown(), [["gen_1", "pic_b"]]);
  assert.deepEqual(lastDeleted.value, { kind: "picture", id: "pic_a", generation: "gen_1" });
  await restore({ kind: "picture", id: "pic_a", generation: "gen_1" });
  assert.deepEqual(shown(), [["gen_1", "pic_a", "pic_b"]]);
  assert.equal(lastDeleted.value, null);
});

test("a deleted generation can be brought back with its pictures", async () => {
  await removeGeneration("gen_1");
  assert.deepEqual(shown(), []);
  await restore({ kind: "request", id: "gen_1" });
  assert.deepEqual(shown(), [["gen_1", "pic_a", "pic_b"]]);
});

test("bringing something else back leaves the offer to undo", async () => {
  await removeGeneration("gen_1");
  await restore({ kind: "picture", id: "pic_x", generation: "gen_1" });
  assert.deepEqual(lastDeleted.value, { kind: "request", id: "gen_1" });
});

test("a deleted series takes its frames along at once, and brings them back", async () => {
  const frames = [0, 1].map((frame) => ({ ...generation(`gen_f${frame}`, 3), series: { id: "ser_1", frame } }));
  const record = seriesRecord("ser_1", 4, frames);
  for (const frame of frames) takeGeneration(frame);
  takeSeries(record);
  let left = false;
  await removeSeries("ser_1", () => (left = true));
  assert.ok(left);
  assert.deepEqual(shown(), [["gen_1", "pic_a", "pic_b"]]);
  assert.equal(series.value.has("ser_1"), false);
  assert.equal(announcement.value, "The series is in your bin.");
  assert.deepEqual(lastDeleted.value, { kind: "series", id: "ser_1" });

  const back = seriesRecord(
    "ser_1",
    5,
    frames.map((frame) => ({ ...frame, revision: 4 })),
  );
  globalThis.fetch = async (address) => {
    assert.equal(String(address), "/api/series/ser_1/restore");
    return Response.json(back);
  };
  await restore({ kind: "series", id: "ser_1" });
  assert.deepEqual(
    shown().map(([id]) => id),
    ["gen_f1", "gen_f0", "gen_1"],
  );
  assert.ok(series.value.has("ser_1"));
  assert.equal(lastDeleted.value, null);
});
