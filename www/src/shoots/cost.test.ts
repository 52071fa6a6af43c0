import assert from "node:assert/strict";
import { test } from "node:test";
import { costSentence, workSentence } from "./cost";

test("the cost is in pictures, compared with what is left", () => {
  assert.equal(costSentence(9, null), "9 pictures. Your studio sets you no limit.");
  assert.equal(costSentence(1, 5), "1 picture of the 5 that your allowance still covers.");
  assert.match(costSentence(9, 4), /^9 pictures, but your allowance covers 4 more\./);
  assert.match(costSentence(9, 0), /is used up/);
  assert.equal(costSentence(0, 0), "No shot is chosen.");
});

test("the work is in steps, and its time an estimate", () => {
  assert.equal(
    workSentence({ pictures: 1, steps: 50, gpuSeconds: 8 }),
    "50 steps in all: an estimated 8 seconds of computing, not counting the wait.",
  );
  assert.match(workSentence({ pictures: 9, steps: 1000, gpuSeconds: 143 }), /an estimated 2 minutes/);
});
