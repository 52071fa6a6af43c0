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

test("the words of a summary end with an ellipsis when they may go on", () => {
  const made = generation("gen_1", 1);
  const asked = (text: string) => ({ ...made, request: { ...made.request, text } });
  const short = summaryOf(asked("🙂".repeat(279)));
  assert.equal(isCut(short), false);
  assert.equal(subjectOf(short), "🙂".repeat(279));
  const cut = summaryOf(asked("🙂".repeat(280)));
  assert.equal(isCut(cut), true);
  assert.equal(subjectOf(cut), `${"🙂".repeat(280)}…`);
  const whole = asked("🙂".repeat(300));
  assert.equal(isCut(whole), false);
  assert.equal(subjectOf(whole), "🙂".repeat(300));
});
