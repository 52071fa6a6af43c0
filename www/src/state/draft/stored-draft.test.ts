import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDraft } from "./composer-draft";
import { parseDraft } from "./stored-draft";

test("a stored draft is read back", () => {
  const draft = { ...freshDraft(5), text: "a hat", model: "mdl_1", overrides: { steps: 20 }, seedLocked: true };
  assert.deepEqual(parseDraft(JSON.stringify(draft), 9), draft);
});

test("fields that cannot be read get their fresh values", () => {
  assert.deepEqual(parseDraft(null, 9), freshDraft(9));
  assert.deepEqual(parseDraft("{", 9), freshDraft(9));
  assert.deepEqual(parseDraft('{"text":"a hat","pictures":"two","overrides":null,"model":7,"old":1}', 9), {
    ...freshDraft(9),
    text: "a hat",
  });
});

test("only known slots are read", () => {
  const stored = {
    slots: { wardrobe: ["red coat"], film: ["Portra"], mood: "moody", pose: [7], hats: "x" },
    mode: "zip",
    draws: 2,
  };
  const draft = parseDraft(JSON.stringify(stored), 9);
  assert.deepEqual(draft, { ...freshDraft(9), slots: { wardrobe: ["red coat"] }, mode: "zip", draws: 2 });
});
