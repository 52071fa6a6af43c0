import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSeed } from "./seed";

test("a seed is a whole number that a provider takes", () => {
  for (const [text, seed] of [
    ["1", 1],
    [" 4294967295 ", 4_294_967_295],
    ["0", null],
    ["4294967296", null],
    ["-1", null],
    ["1.5", null],
    ["1e3", null],
    ["", null],
  ] as const) {
    assert.equal(parseSeed(text), seed, JSON.stringify(text));
  }
});
