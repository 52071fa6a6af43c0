import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, unreachable } from "../../api/error";
import { generation, memoryStore, numberedKeys } from "../fixtures";
import { Batches, type BatchState, MAX_BATCH } from "./batch";

const HOUR = 3_600_000;
const refusal = new ApiError("allowance_exhausted", "Your allowance is used up.", 402, null, "req_1");

function opened(answers: (Error | "ok" | (() => void))[] = []) {
  const [store, newKey] = [memoryStore(), numberedKeys()];
  const world = { now: 0, sent: [] as string[], accepted: [] as string[], states: [] as (BatchState | null)[] };
  const open = () =>
    new Batches({
      now: () => world.now,
      newKey,
      async send(body, key) {
        world.sent.push(`${key} ${body}`);
        const answer = answers.shift() ?? "ok";
        if (answer instanceof Error) throw answer;
        if (answer !== "ok") answer();
        return generation(`gen_${body}`, 1);
      },
      accepted: ({ id }) => void world.accepted.push(id),
      changed: (state) => void world.states.push(state),
      store,
    });
  return { open, world, stored: store.read, now: () => world.states.at(-1) };
}

test("requests are sent in order, each with its own key", async () => {
  const { open, world, stored, now } = opened();
  assert.equal(await open().start("Look", ["a", "b", "c"]), true);
  assert.deepEqual(world.sent, ["key-1 a", "key-2 b", "key-3 c"]);
  assert.deepEqual(world.accepted, ["gen_a", "gen_b", "gen_c"]);
  assert.equal(now()?.state, "sent");
  assert.equal(stored(), null);
});

test("a refusal stops the batch, and the rest can be sent later under a new key", async () => {
  const { open, world, now } = opened(["ok", refusal]);
  const batches = open();
  await batches.start("Look", ["a", "b", "c"]);
  const stopped = now();
  assert.ok(stopped?.state === "stopped");
  assert.equal(stopped.error, refusal);
  assert.deepEqual(stopped.batch.sent, ["gen_a"]);
  await batches.resume();
  assert.deepEqual(world.sent, ["key-1 a", "key-2 b", "key-4 b", "key-3 c"]);
  assert.equal(now()?.state, "sent");
});

test("a request whose outcome is unknown keeps its key, across reloads too", async () => {
  const { open, world, now } = opened(["ok", unreachable()]);
  await open().start("Look", ["a", "b"]);
  const reloaded = open();
  reloaded.restore();
  const found = now();
  assert.ok(found?.state === "stopped" && found.error === null);
  assert.deepEqual([found.batch.title, found.batch.sent], ["Look", ["gen_a"]]);
  await reloaded.resume();
  assert.deepEqual(world.sent, ["key-1 a", "key-2 b", "key-2 b"]);
});

test("the stored batch always lists what is not known to be sent", async () => {
  const { open, stored } = opened([
    "ok",
    () => assert.deepEqual(JSON.parse(stored() ?? "").waiting, [{ key: "key-2", body: "b" }]),
  ]);
  await open().start("Look", ["a", "b"]);
});

test("a new batch is refused while one is unfinished", async () => {
  const { open, world, now } = opened([refusal]);
  const batches = open();
  await batches.start("Look", ["a"]);
  assert.equal(await batches.start("Other", ["x"]), false);
  batches.drop();
  assert.equal(now(), null);
  assert.equal(await batches.start("Other", ["x"]), true);
  assert.equal(await batches.start("Third", ["y"]), true, "a batch that was sent is in nobody's way");
  assert.deepEqual(world.sent, ["key-1 a", "key-3 x", "key-4 y"]);
});

test("stop lets the current request finish and sends no other", async () => {
  const { open, world, now } = opened([() => batches.stop()]);
  const batches = open();
  await batches.start("Look", ["a", "b"]);
  const stopped = now();
  assert.ok(stopped?.state === "stopped");
  assert.deepEqual(stopped.batch.sent, ["gen_a"]);
  await batches.resume();
  assert.deepEqual(world.sent, ["key-1 a", "key-2 b"]);
});

test("leaving ends the run, and the next restore finds what waits", async () => {
  const { open, world, now } = opened([() => batches.leave()]);
  const batches = open();
  await batches.start("Look", ["a", "b"]);
  assert.equal(now(), null);
  assert.deepEqual([world.sent, world.accepted], [["key-1 a"], []]);
  batches.restore();
  await batches.resume();
  assert.deepEqual(
    world.sent,
    ["key-1 a", "key-1 a", "key-2 b"],
    "the first answer was not seen: the same key pays once",
  );
});

test("a batch older than the studio's memory of keys is not restored", async () => {
  const { open, world, now } = opened([unreachable()]);
  await open().start("Look", ["a"]);
  world.now = 23 * HOUR + 1;
  open().restore();
  assert.equal(now(), null);
});

test("an unreadable batch is not restored", () => {
  for (const text of [
    "",
    "{",
    "7",
    "{}",
    '{"title":"t","began":0,"sent":[],"waiting":[]}',
    '{"title":"t","began":0,"sent":[],"waiting":[{"key":1}]}',
  ]) {
    const states: (BatchState | null)[] = [];
    new Batches({
      now: () => 0,
      newKey: () => "",
      send: async () => generation("g", 1),
      accepted: () => undefined,
      changed: (state) => void states.push(state),
      store: { read: () => text, write: () => undefined },
    }).restore();
    assert.deepEqual(states, [null], text);
  }
});

test("a batch holds 1 to 24 requests", async () => {
  const { open } = opened();
  await assert.rejects(open().start("Look", []), RangeError);
  await assert.rejects(open().start("Look", Array.from({ length: MAX_BATCH + 1 }, String)), RangeError);
});
