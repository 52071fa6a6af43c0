import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, unreachable } from "../../api/error";
import { generation, memoryStore, numberedKeys } from "../fixtures";
import { Attempts } from "./attempt";

function world(answers: (Error | "ok")[]) {
  const sent: string[] = [];
  const [store, newKey] = [memoryStore(), numberedKeys()];
  const open = () =>
    new Attempts(store, newKey, async (body, key) => {
      sent.push(`${key} ${body}`);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return generation("gen_1", 1);
    });
  return { open, sent };
}

const refusal = new ApiError("out_of_range", "no", 422, "overrides.steps", "req_1");
const broken = new ApiError("internal", "no", 500, null, "req_1");

test("a new request gets a new key", async () => {
  const { open, sent } = world(["ok", "ok"]);
  const attempts = open();
  await attempts.send("a");
  await attempts.send("a");
  assert.deepEqual(sent, ["key-1 a", "key-2 a"]);
});

test("a request whose outcome is unknown keeps its key, across reloads too", async () => {
  const { open, sent } = world([unreachable(), broken, "ok"]);
  await assert.rejects(open().send("a"));
  await assert.rejects(open().send("a"));
  await open().send("a");
  assert.deepEqual(sent, ["key-1 a", "key-1 a", "key-1 a"]);
});

test("another request, or a refused one, gets a new key", async () => {
  const { open, sent } = world([unreachable(), refusal, "ok"]);
  const attempts = open();
  await assert.rejects(attempts.send("a"));
  await assert.rejects(attempts.send("b"));
  await attempts.send("b");
  assert.deepEqual(sent, ["key-1 a", "key-2 b", "key-3 b"]);
});
