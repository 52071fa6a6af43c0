import assert from "node:assert/strict";
import { test } from "node:test";
import { generation } from "../fixtures";
import {
  afterSending,
  anotherTake,
  type ComposerDraft,
  compositionOf,
  draftOf,
  freshDraft,
  nextTake,
  requestOf,
  titleOf,
  withOverride,
} from "./composer-draft";

const draft: ComposerDraft = { ...freshDraft(11), text: "a hat", overrides: { guidance: 2.5 } };

test("the request is the previewed composition with the model", () => {
  assert.deepEqual(requestOf(draft, "mdl_1"), { model: "mdl_1", ...compositionOf(draft) });
  assert.deepEqual(compositionOf(draft).overrides, { guidance: 2.5, seed: 11 });
});

test("a refilled composer sends the same request again", () => {
  const { request } = generation("gen_1", 1);
  const refilled = draftOf(request, 99);
  assert.deepEqual(requestOf(refilled, request.model), request);
  assert.equal(refilled.seedLocked, true);
});

test("a request without a seed refills with a fresh one, unlocked", () => {
  const { request } = generation("gen_1", 1);
  const refilled = draftOf({ ...request, overrides: {} }, 99);
  assert.equal(refilled.seed, 99);
  assert.equal(refilled.seedLocked, false);
});

test("sending clears the words, keeps the settings, and draws a new seed unless it is locked", () => {
  const next = afterSending(draft, 12);
  assert.deepEqual([next.text, next.seed, next.overrides], ["", 12, { guidance: 2.5 }]);
  assert.equal(afterSending({ ...draft, seedLocked: true }, 12).seed, 11);
});

test("another take differs only in its seed", () => {
  const { request } = generation("gen_1", 1);
  assert.deepEqual(anotherTake(request, 8), { ...request, overrides: { seed: 8, steps: 30 } });
});

test("a title is the first eight words", () => {
  assert.equal(titleOf(" a hat\n by the sea "), "a hat by the sea");
  assert.equal(titleOf("one two three four five six seven eight nine"), "one two three four five six seven eight…");
});

test("slots are sent only when there are any", () => {
  assert.equal("slots" in compositionOf(draft), false);
  assert.deepEqual(compositionOf({ ...draft, slots: { wardrobe: ["hat"] } }).slots, { wardrobe: ["hat"] });
});

test("an enhancement is sent, refilled, and stays after sending", () => {
  const enhancements = [{ id: "face-realism", scale: 0.4 }];
  const enhanced = { ...draft, enhancements };
  assert.deepEqual(requestOf(enhanced, "mdl_1").enhancements, enhancements);
  assert.deepEqual(draftOf(requestOf(enhanced, "mdl_1"), 99).enhancements, enhancements);
  assert.deepEqual(afterSending(enhanced, 12).enhancements, enhancements);
  assert.equal("enhancements" in compositionOf(draft), false);
});

test("with Maya, sending keeps everything but the seed", () => {
  const slots = { wardrobe: ["hat"] };
  assert.deepEqual(nextTake({ ...draft, slots }, 12), { ...draft, slots, seed: 12 });
  assert.equal(nextTake({ ...draft, seedLocked: true }, 12).seed, 11);
});

test("clearing an override removes its key", () => {
  assert.deepEqual(withOverride(draft, "steps", 20).overrides, { guidance: 2.5, steps: 20 });
  assert.deepEqual(Object.keys(withOverride(draft, "guidance", undefined).overrides), []);
});
