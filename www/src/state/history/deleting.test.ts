import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { generation, picture } from "../fixtures";
import { lastDeleted, removeGeneration, removePicture, restore } from "./deleting";
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
  assert.deepEqual(lastDeleted.value, { id: "pic_a", generation: "gen_1" });
  await restore({ id: "pic_a", generation: "gen_1" });
  assert.deepEqual(shown(), [["gen_1", "pic_a", "pic_b"]]);
  assert.equal(lastDeleted.value, null);
});

test("a deleted generation can be brought back with its pictures", async () => {
  await removeGeneration("gen_1");
  assert.deepEqual(shown(), []);
  await restore({ id: "gen_1", generation: "gen_1" });
  assert.deepEqual(shown(), [["gen_1", "pic_a", "pic_b"]]);
});

test("bringing something else back leaves the offer to undo", async () => {
  await removeGeneration("gen_1");
  await restore({ id: "pic_x", generation: "gen_1" });
  assert.deepEqual(lastDeleted.value, { id: "gen_1", generation: "gen_1" });
});
