import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDraft } from "./composer-draft";
import { nowhere, parseKept, readDraft } from "./stored-draft";

test("a stored draft is read back", () => {
  const draft = { ...freshDraft(5), text: "a hat", model: "mdl_1", overrides: { steps: 20 }, seedLocked: true };
  assert.deepEqual(readDraft(draft, 9), draft);
});

test("fields that cannot be read get their fresh values", () => {
  assert.deepEqual(readDraft(null, 9), freshDraft(9));
  assert.deepEqual(readDraft("a hat", 9), freshDraft(9));
  assert.deepEqual(readDraft({ text: "a hat", pictures: "two", overrides: null, model: 7, old: 1 }, 9), {
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
  const draft = readDraft(stored, 9);
  assert.deepEqual(draft, { ...freshDraft(9), slots: { wardrobe: ["red coat"] }, mode: "zip", draws: 2 });
});

test("a draft is kept with the conversation that it belongs to", () => {
  const kept = { session: "cnv_1", base: 3, changed: true };
  const draft = { ...freshDraft(5), text: "a hat" };
  assert.deepEqual(parseKept(JSON.stringify({ ...kept, draft }), 9), { state: kept, draft });
  assert.deepEqual(parseKept(JSON.stringify({ ...kept, base: "3", draft }), 9), { state: nowhere, draft });
});

test("a draft of an older page belongs to no conversation, and what was written in it is a change", () => {
  const draft = { ...freshDraft(5), text: "a hat" };
  assert.deepEqual(parseKept(JSON.stringify(draft), 9), { state: { ...nowhere, changed: true }, draft });
  for (const text of [null, "{", "7"])
    assert.deepEqual(parseKept(text, 9), { state: nowhere, draft: freshDraft(9) }, String(text));
});
