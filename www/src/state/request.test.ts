import assert from "node:assert/strict";
import { test } from "node:test";
import { generation } from "./fixtures";
import {
  afterSending,
  anotherTake,
  compositionOf,
  type Draft,
  draftOf,
  freshDraft,
  nextTake,
  requestOf,
  shownBy,
  titleOf,
  withOverride,
} from "./request";

const draft: Draft = { ...freshDraft(11), text: "a hat", overrides: { guidance: 2.5 } };

test("the request is the previewed composition and the model, nothing else", () => {
  assert.deepEqual(requestOf(draft, "mdl_1"), { model: "mdl_1", ...compositionOf(draft) });
  assert.deepEqual(compositionOf(draft).overrides, { guidance: 2.5, seed: 11 });
});

test("a request refills the composer so that the same request can be sent again", () => {
  const { request } = generation("gen_1", 1);
  const refilled = draftOf(request, 99);
  assert.deepEqual(requestOf(refilled, request.model), request);
  assert.equal(refilled.seedLocked, true);
});

test("a request without a seed gets the fresh one, unlocked", () => {
  const { request } = generation("gen_1", 1);
  const refilled = draftOf({ ...request, overrides: {} }, 99);
  assert.equal(refilled.seed, 99);
  assert.equal(refilled.seedLocked, false);
});

test("after sending, the words are gone, the settings stay, and the seed is new unless it is locked", () => {
  const next = afterSending(draft, 12);
  assert.deepEqual([next.text, next.seed, next.overrides], ["", 12, { guidance: 2.5 }]);
  assert.equal(afterSending({ ...draft, seedLocked: true }, 12).seed, 11);
});

test("another take differs in its seed alone", () => {
  const { request } = generation("gen_1", 1);
  assert.deepEqual(anotherTake(request, 8), { ...request, overrides: { seed: 8, steps: 30 } });
});

test("a title is the beginning of the words", () => {
  assert.equal(titleOf(" a hat\n by the sea "), "a hat by the sea");
  assert.equal(titleOf("one two three four five six seven eight nine"), "one two three four five six seven eight…");
});

test("slots are sent when there are some", () => {
  assert.equal("slots" in compositionOf(draft), false);
  assert.deepEqual(compositionOf({ ...draft, slots: { wardrobe: ["hat"] } }).slots, { wardrobe: ["hat"] });
});

test("a generation is named by its words, or by what its slots became", () => {
  const made = generation("gen_1", 1);
  const spans = [
    { source: "trigger" as const, text: "user1" },
    { source: "joint" as const, text: ", " },
    { source: "slots" as const, text: "wearing a red coat" },
    { source: "you" as const, text: ", freckles" },
    { source: "quality" as const, text: ", raw photo" },
  ];
  assert.equal(shownBy({ ...made, spans }), "a hat");
  const sorted = { ...made.request, text: "freckles", slots: { wardrobe: ["red coat"] } };
  assert.equal(shownBy({ request: sorted, spans }), "wearing a red coat, freckles");
  assert.equal(shownBy({ request: sorted, spans: [] }), "freckles");
});

test("with Maya the picture stays to be talked about; only the seed is new", () => {
  const slots = { wardrobe: ["hat"] };
  assert.deepEqual(nextTake({ ...draft, slots }, 12), { ...draft, slots, seed: 12 });
  assert.equal(nextTake({ ...draft, seedLocked: true }, 12).seed, 11);
});

test("an override that is taken back leaves no key behind", () => {
  assert.deepEqual(withOverride(draft, "steps", 20).overrides, { guidance: 2.5, steps: 20 });
  assert.deepEqual(Object.keys(withOverride(draft, "guidance", undefined).overrides), []);
});
