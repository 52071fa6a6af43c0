import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Model, ModelState } from "../api/types";
import { draft } from "./draft/composer";
import { choices, chosenModel, modelOptions } from "./models";

const model = (id: string, state: ModelState) => ({ id, label: id, state }) as Model;

beforeEach(() => {
  choices.value = { models: [model("old", "retired"), model("new", "active")], presets: [], quality_specs: [] };
});

test("a retired model is not among those to choose from", () => {
  assert.deepEqual(modelOptions.value, [{ value: "new", label: "new" }]);
});

test("a draft that names a retired model is made with one that can be chosen", () => {
  draft.value = { ...draft.peek(), model: "old" };
  assert.equal(chosenModel.value?.id, "new");
});
