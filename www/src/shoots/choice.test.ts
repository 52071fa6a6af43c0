import assert from "node:assert/strict";
import { test } from "node:test";
import { type Choice, garments, toggled } from "./choice";

const choice: Choice = { shots: [0, 2], outfits: {}, seed: 7, preset: "likeness" };

test("a shot is added in its place, and removed", () => {
  assert.deepEqual(toggled(choice, 1, true).shots, [0, 1, 2]);
  assert.deepEqual(toggled(choice, 2, true).shots, [0, 2]);
  assert.deepEqual(toggled(choice, 0, false).shots, [2]);
  assert.deepEqual(toggled(choice, 5, false), choice);
});

test("an outfit is split into its garments", () => {
  assert.deepEqual(garments(" red coat, black boots ;, "), ["red coat", "black boots"]);
  assert.deepEqual(garments("  "), []);
});
