import assert from "node:assert/strict";
import { test } from "node:test";
import { generation } from "./fixtures";
import { sentenceFor } from "./status-line";

const at = (percent: number) => ({
  ...generation("gen_1", 1, "generating"),
  progress: { percent, step: percent / 2, steps: 50 },
});

test("progress is announced by quarters", () => {
  assert.equal(sentenceFor(at(0), at(24)), null);
  assert.equal(sentenceFor(at(24), at(26)), "Generating, 26 percent.");
  assert.equal(sentenceFor(at(26), at(49)), null);
});

test("every change of phase is announced once", () => {
  const saving = generation("gen_1", 2, "saving");
  assert.equal(sentenceFor(at(90), saving), "Saving.");
  assert.equal(sentenceFor(saving, saving), null);
});

test("a failure is announced with its reason", () => {
  const failed = {
    ...generation("gen_1", 3, "failed"),
    failure: { code: "timed_out" as const, message: "It took too long." },
  };
  assert.equal(sentenceFor(at(10), failed), "No picture was made. It took too long.");
});
