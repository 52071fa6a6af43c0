import assert from "node:assert/strict";
import { test } from "node:test";
import type { LoraCheckPicture, LoraProof } from "../api/types";
import { loraWords } from "./lora-check";

const wordsOf = (proof: LoraProof, ...pictures: LoraCheckPicture[]) =>
  loraWords({ proof, check: { pictures, difference: null, same_up_to: 2, checked_at: null } });
const stored = { scale: 0, stored: true, failure: null };
const failed = { scale: 1, stored: false, failure: "out of memory" };
const pending = { scale: 1, stored: false, failure: null };

test("a check that gave no answer has other words than no check", () => {
  assert.equal(wordsOf("unchecked"), "Its LoRA has not been checked.");
  assert.equal(wordsOf("unchecked", stored, failed), "The last check gave no answer. Check it again.");
});

test("a model that cannot be used says so, also while it is checked again", () => {
  assert.match(wordsOf("not_proven", stored, { ...stored, scale: 1 }), /The person cannot use this model\.$/);
  assert.match(wordsOf("not_proven", stored, pending), /cannot use this model\. It is being checked again\.$/);
});
