import assert from "node:assert/strict";
import { test } from "node:test";
import { type Exchange, leadingTo, parseLog, settled, withExchange } from "./talk-log";

const exchange = (id: string, generation: string | null = null): Exchange => ({
  id,
  said: "a hat",
  answer: "A hat.",
  question: null,
  next: ["closer"],
  generation,
});

test("exchanges since the last generation lead to the next one", () => {
  const log = settled(withExchange([exchange("1", "gen_1")], exchange("2")), "gen_2");
  assert.deepEqual(
    leadingTo(log, "gen_1").map(({ id }) => id),
    ["1"],
  );
  assert.deepEqual(
    leadingTo(log, "gen_2").map(({ id }) => id),
    ["2"],
  );
  assert.deepEqual(leadingTo(log, null), []);
});

test("a stored log is read back without unreadable exchanges", () => {
  const log = [exchange("1"), exchange("2", "gen_1")];
  assert.deepEqual(parseLog(JSON.stringify(log)), log);
  assert.deepEqual(parseLog(JSON.stringify([...log, { id: 3 }, null, { ...exchange("4"), next: [1] }])), log);
  for (const text of [null, "", "{", "{}", "7"]) assert.deepEqual(parseLog(text), [], String(text));
});

test("the oldest exchanges are dropped", () => {
  let log: Exchange[] = [];
  for (let count = 0; count < 70; count += 1) log = withExchange(log, exchange(String(count)));
  assert.deepEqual([log.length, log[0]?.id], [60, "10"]);
});
