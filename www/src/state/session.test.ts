import assert from "node:assert/strict";
import { test } from "node:test";
import { tooFewFor } from "./session";

test("an allowance covers what is asked for when so much is neither used nor reserved", () => {
  const allowance = { granted: 10, used: 5, reserved: 3 };
  assert.equal(tooFewFor(2, allowance), null);
  assert.equal(tooFewFor(3, allowance), 2);
  assert.equal(tooFewFor(1, { ...allowance, granted: 6 }), 0);
});

test("an allowance without a limit covers everything", () => {
  assert.equal(tooFewFor(1_000, { granted: null, used: 5, reserved: 3 }), null);
});
