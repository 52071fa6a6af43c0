import assert from "node:assert/strict";
import { test } from "node:test";
import { groups, withEntry } from "./slots";

const slots = { mood: ["moody"], wardrobe: ["trench coat", "hat"], film: "Kodak Portra 400" };

test("groups have titles for people and the order of the prompt", () => {
  assert.deepEqual(
    groups(slots).map(({ title, entries }) => [title, entries.join("+")]),
    [
      ["Wearing", "trench coat+hat"],
      ["Film", "Kodak Portra 400"],
      ["Mood", "moody"],
    ],
  );
  assert.deepEqual(groups({ wardrobe: [] }), []);
});

test("an entry can be changed", () => {
  assert.deepEqual(withEntry(slots, "wardrobe", 0, " red trench coat ").wardrobe, ["red trench coat", "hat"]);
  assert.equal(withEntry(slots, "film", 0, "Ilford HP5").film, "Ilford HP5");
});

test("removing the last entry removes the slot", () => {
  assert.deepEqual(withEntry(slots, "wardrobe", 1, "").wardrobe, ["trench coat"]);
  assert.deepEqual(Object.keys(withEntry(withEntry(slots, "mood", 0, ""), "film", 0, " ")), ["wardrobe"]);
  assert.deepEqual(slots.mood, ["moody"], "the slots before are as they were");
});
