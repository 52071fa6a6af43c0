import assert from "node:assert/strict";
import { test } from "node:test";
import { generation } from "../fixtures";
import { subjectOf } from "./describe";

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
