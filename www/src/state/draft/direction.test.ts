import assert from "node:assert/strict";
import { test } from "node:test";
import { picture } from "../fixtures";
import { type ComposerDraft, compositionOf, freshDraft } from "./composer-draft";
import { directorDraftOf, seedsOf, undone, withDirectorDraft, withUndo, withWords } from "./direction";

const draft: ComposerDraft = {
  ...freshDraft(11),
  text: "winter walk",
  slots: { wardrobe: ["wool coat"] },
  pictures: 2,
};

test("the director reads the composition, with the seed only when it is locked", () => {
  assert.deepEqual(directorDraftOf(draft).composition?.overrides, {});
  assert.deepEqual(directorDraftOf({ ...draft, seedLocked: true }).composition?.overrides, { seed: 11 });
  assert.deepEqual(directorDraftOf(draft).composition?.slots, { wardrobe: ["wool coat"] });
});

test("the director's composition replaces the draft's", () => {
  const composition = {
    ...compositionOf(draft),
    text: "",
    slots: { wardrobe: ["red coat"] },
    overrides: { aspect_ratio: "3:2" as const },
    pictures: 3,
  };
  const next = withDirectorDraft(draft, { composition, past: [compositionOf(draft)] }, 12);
  assert.deepEqual(
    [next.text, next.slots, next.pictures, next.overrides],
    ["", { wardrobe: ["red coat"] }, 3, { aspect_ratio: "3:2" }],
  );
  assert.deepEqual([next.seed, next.seedLocked], [11, false], "the seed that is shown stays");
  assert.equal(next.past.length, 1);
});

test("a seed that the director sets is locked, and a released one is replaced", () => {
  const composition = { ...compositionOf(draft), overrides: { seed: 501 } };
  const kept = withDirectorDraft(draft, { composition, like: 1 }, 12);
  assert.deepEqual([kept.seed, kept.seedLocked, kept.like], [501, true, 1]);
  const freed = withDirectorDraft(kept, { composition: { ...composition, overrides: {} } }, 12);
  assert.deepEqual([freed.seed, freed.seedLocked, freed.like], [12, false, null]);
});

test("words that cannot be sorted are appended as they stand", () => {
  assert.equal(withWords(draft, " by the sea ").text, "winter walk, by the sea");
  assert.equal(withWords({ ...draft, text: "" }, "by the sea").text, "by the sea");
});

test("changes are undone one after another", () => {
  const one = withUndo(draft, { slots: {} });
  const two = withWords(one, "by the sea");
  const back = undone(two, 12);
  assert.deepEqual(compositionOf(back), compositionOf(one));
  assert.deepEqual(compositionOf(undone(back, 12)), compositionOf(draft));
  assert.equal(undone(draft, 12), draft);
});

test("at most twenty changes can be undone", () => {
  let now = draft;
  for (let step = 0; step < 30; step += 1) now = withUndo(now, { pictures: (step % 4) + 1 });
  assert.equal(now.past.length, 20);
});

test("seeds follow the order of the pictures", () => {
  assert.deepEqual(seedsOf([picture("a"), picture("b", 1)]), [7, 7]);
});
