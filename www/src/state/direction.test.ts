import assert from "node:assert/strict";
import { test } from "node:test";
import { directedOf, remembering, seedsOf, takenBack, withDirected, withWords } from "./direction";
import { picture } from "./fixtures";
import { compositionOf, type Draft, freshDraft } from "./request";

const draft: Draft = { ...freshDraft(11), text: "winter walk", slots: { wardrobe: ["wool coat"] }, pictures: 2 };

test("the director sees the picture, and a seed only when it is to be kept", () => {
  assert.deepEqual(directedOf(draft).composition?.overrides, {});
  assert.deepEqual(directedOf({ ...draft, seedLocked: true }).composition?.overrides, { seed: 11 });
  assert.deepEqual(directedOf(draft).composition?.slots, { wardrobe: ["wool coat"] });
});

test("what the director came to is what will be sent", () => {
  const composition = {
    ...compositionOf(draft),
    text: "",
    slots: { wardrobe: ["red coat"] },
    overrides: { aspect_ratio: "3:2" as const },
    pictures: 3,
  };
  const next = withDirected(draft, { composition, past: [compositionOf(draft)] }, 12);
  assert.deepEqual(
    [next.text, next.slots, next.pictures, next.overrides],
    ["", { wardrobe: ["red coat"] }, 3, { aspect_ratio: "3:2" }],
  );
  assert.deepEqual([next.seed, next.seedLocked], [11, false], "the seed that is shown stays");
  assert.equal(next.past.length, 1);
});

test("a seed that was asked for is kept, and one that was given up is another", () => {
  const composition = { ...compositionOf(draft), overrides: { seed: 501 } };
  const kept = withDirected(draft, { composition, like: 1 }, 12);
  assert.deepEqual([kept.seed, kept.seedLocked, kept.like], [501, true, 1]);
  const freed = withDirected(kept, { composition: { ...composition, overrides: {} } }, 12);
  assert.deepEqual([freed.seed, freed.seedLocked, freed.like], [12, false, null]);
});

test("words that nobody can sort are kept as they stand", () => {
  assert.equal(withWords(draft, " by the sea ").text, "winter walk, by the sea");
  assert.equal(withWords({ ...draft, text: "" }, "by the sea").text, "by the sea");
});

test("every change can be taken back, one after another", () => {
  const one = remembering(draft, { slots: {} });
  const two = withWords(one, "by the sea");
  const back = takenBack(two, 12);
  assert.deepEqual(compositionOf(back), compositionOf(one));
  assert.deepEqual(compositionOf(takenBack(back, 12)), compositionOf(draft));
  assert.equal(takenBack(draft, 12), draft);
});

test("twenty steps are remembered", () => {
  let now = draft;
  for (let step = 0; step < 30; step += 1) now = remembering(now, { pictures: (step % 4) + 1 });
  assert.equal(now.past.length, 20);
});

test("seeds are those of the pictures, in order", () => {
  assert.deepEqual(seedsOf([picture("a"), picture("b", 1)]), [7, 7]);
});
