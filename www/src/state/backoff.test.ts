import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff } from "./backoff";

test("waits double, up to half a minute", () => {
  assert.deepEqual(
    [1, 2, 3, 4].map((attempt) => backoff(attempt, 1)),
    [500, 1000, 2000, 4000],
  );
  assert.equal(backoff(7, 1), 30_000);
  assert.equal(backoff(10_000, 1), 30_000);
});

test("waits are spread over their upper half", () => {
  assert.equal(backoff(3, 0), 1000);
  assert.equal(backoff(3, 0.5), 1500);
});
