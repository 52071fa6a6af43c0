import assert from "node:assert/strict";
import { test } from "node:test";
import { type Choice, garments, seedIn, toggled } from "./choice";

const choice: Choice = { shots: [0, 2], outfits: {}, seed: 7, preset: "likeness" };

test("a shot is taken in at its own place, and left out", () => {
  assert.deepEqual(toggled(choice, 1, true).shots, [0, 1, 2]);
  assert.deepEqual(toggled(choice, 2, true).shots, [0, 2]);
  assert.deepEqual(toggled(choice, 0, false).shots, [2]);
  assert.deepEqual(toggled(choice, 5, false), choice);
});

test("an outfit is its garments", () => {
  assert.deepEqual(garments(" red coat, black boots ;, "), ["red coat", "black boots"]);
  assert.deepEqual(garments("  "), []);
});

test("a seed is a whole number that a provider takes", () => {
  assert.deepEqual(["1", " 4294967295 ", "0", "4294967296", "-1", "1.5", "1e3", ""].map(seedIn), [
    1,
    4294967295,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});
