import assert from "node:assert/strict";
import { test } from "node:test";
import { generation, summaryOf } from "../fixtures";
import { isCut, subjectOf } from "./describe";

test("the subject is the words, or what the slots became in the prompt", () => {
  const made = generation("gen_1", 1);
  const spans = [
    { source: "trigger" as const, text: "user1" },
    { source: "joint" as const, text: ", " },
    { source: "slots" as const, text: "wearing a red coat" },
    { source: "you" as const, text: ", freckles" },
    { source: "quality" as const, text: ", raw photo" },
  ];
  assert.equal(subjectOf({ ...made, spans }), "a hat");
  const sorted = { ...made.request, text: "freckles", slots: { wardrobe: ["red coat"] } };
  assert.equal(subjectOf({ request: sorted, spans }), "wearing a red coat, freckles");
  assert.equal(subjectOf({ request: sorted, spans: [] }), "freckles");
});

test("the words of a summary end with an ellipsis when they go on", () => {
  const made = summaryOf(generation("gen_1", 1));
  assert.equal(isCut(made), false);
  assert.equal(subjectOf(made), "a hat");
  const cut = { ...made, request: { ...made.request, text_truncated: true } };
  assert.equal(isCut(cut), true);
  assert.equal(subjectOf(cut), "a hat…");
  const whole = generation("gen_1", 1);
  assert.equal(isCut(whole), false);
  assert.equal(subjectOf(whole), "a hat");
});
