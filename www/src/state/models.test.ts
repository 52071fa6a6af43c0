import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { LoraProof, ModelState } from "../api/types";
import { draft } from "./draft/composer";
import { choices, chosenModel, modelOptions, type OwnModel } from "./models";

const model = (id: string, state: ModelState, proof: LoraProof = "unchecked") =>
  ({ id, label: id, state, proof, enhancements: [] }) as unknown as OwnModel;

beforeEach(() => {
  choices.value = { models: [model("old", "retired"), model("new", "active")], presets: [], quality_specs: [] };
});

test("a retired model is not among those to choose from", () => {
  assert.deepEqual(modelOptions.value, [{ value: "new", label: "new" }]);
});

test("a model is chosen while its LoRA is checked, and not once it is known to do nothing", () => {
  const models = [model("a", "active", "not_proven"), model("b", "active", "checking"), model("c", "active", "proven")];
  choices.value = { models, presets: [], quality_specs: [] };
  assert.deepEqual(
    modelOptions.value.map(({ value }) => value),
    ["b", "c"],
  );
});

test("a draft that names a retired model is made with one that can be chosen", () => {
  draft.value = { ...draft.peek(), model: "old" };
  assert.equal(chosenModel.value?.id, "new");
});
