import assert from "node:assert/strict";
import { test } from "node:test";
import { costSentence, workSentence } from "./cost";

test("the cost is in pictures, compared with what is left", () => {
  assert.equal(costSentence(9, null, "shots"), "9 pictures. Your studio sets you no limit.");
  assert.equal(costSentence(1, 5, "shots"), "1 picture of the 5 that your allowance still covers.");
  assert.match(costSentence(9, 4, "values"), /^9 pictures, but your allowance covers 4 more\. Leave some values out/);
  assert.match(costSentence(9, 0, "shots"), /is used up\. Leave some shots out/);
});

test("the work is in steps, and its time an estimate", () => {
  assert.equal(
    workSentence({ steps: 50, gpu_seconds: 8 }),
    "50 steps in all: an estimated 8 seconds of computing, not counting the wait.",
  );
  assert.match(workSentence({ steps: 1000, gpu_seconds: 143 }), /an estimated 2 minutes/);
});
