import assert from "node:assert/strict";
import { test } from "node:test";
import type { AxisParameter } from "../api/types";
import type { Choices, OwnModel } from "../state/models";
import { axisOf, comparisonTitle, fitted, frameTitle, isVariable, optionsOf, parameterTitles, valuesIn } from "./axes";

const enhancement = { id: "skin", title: "Skin" };
const model = (id: string, inputs: string[], enhancements = [enhancement]) =>
  ({
    id,
    label: `Model ${id}`,
    enhancements,
    dialect: { inputs: inputs.map((parameter) => ({ parameter })), enhancement: { max_scale: 2 } },
  }) as unknown as OwnModel;
const ada = model("mdl_1", ["guidance", "steps", "lora_scale"]);
const choicesOf = (...models: OwnModel[]) =>
  ({
    models,
    presets: [
      { id: "likeness", title: "Likeness" },
      { id: "classic", title: "Classic" },
      { id: "natural", title: "Natural" },
    ],
    quality_specs: [
      { id: "reference", title: "Reference" },
      { id: "lean", title: "Lean" },
    ],
  }) as Choices;
const choices = choicesOf(ada, model("mdl_2", []));
const variable = (one: OwnModel, known: Choices) =>
  (Object.keys(parameterTitles) as AxisParameter[]).filter((parameter) => isVariable(parameter, one, known));

test("everything that the model takes and that has two values can be varied", () => {
  assert.deepEqual(variable(ada, choices), Object.keys(parameterTitles));
  assert.equal(variable(ada, choicesOf(ada)).includes("model"), false, "of one model");
  const plain = { ...model("mdl_3", ["guidance"]), dialect: { inputs: [], lora: {}, names_base: false } } as never;
  assert.deepEqual(variable(plain, choices), ["preset", "quality", "placement", "model", "seed"]);
  const bare = model("mdl_4", ["steps"], []);
  assert.deepEqual(variable(bare, choicesOf(bare)), ["preset", "steps", "quality", "placement", "seed"]);
});

test("an axis begins with two of the values to choose from, or with usual ones", () => {
  assert.deepEqual(axisOf("preset", choices), { parameter: "preset", values: ["likeness", "classic"] });
  assert.deepEqual(axisOf("enhancement", choices).values, ["none", "skin"]);
  for (const parameter of variable(ada, choices)) {
    const { values } = axisOf(parameter, choices);
    assert.ok(values.length >= 2, parameter);
    const kind = optionsOf(parameter, choices) === null ? "number" : "string";
    assert.deepEqual([...new Set(values.map((value) => typeof value))], [kind]);
  }
});

test("where strengths are compared, no picture is without an enhancement", () => {
  const known = choicesOf(model("mdl_1", [], [enhancement, { id: "light", title: "Light" }]));
  assert.deepEqual(axisOf("enhancement", known, "enhancement_scale").values, ["skin", "light"]);
  assert.deepEqual(fitted(axisOf("enhancement", known), known, "enhancement_scale").values, ["skin"]);
  assert.deepEqual(fitted(axisOf("steps", known), known, "enhancement_scale"), axisOf("steps", known));
});

test("typed values are numbers, and other words stay for the studio to refuse", () => {
  assert.deepEqual(valuesIn("2, 2.5;  -1 "), [2, 2.5, -1]);
  assert.deepEqual(valuesIn("2, much"), [2, "much"]);
  assert.deepEqual(valuesIn(" , "), []);
});

test("a cell of a comparison is called by what its values are called", () => {
  const differs = [{ parameter: "preset", value: "classic" } as const, { parameter: "guidance", value: 2.5 } as const];
  assert.equal(frameTitle({ title: "classic, 2.5", differs }, choices), "Classic, 2.5");
  assert.equal(frameTitle({ title: "classic, 2.5", differs }, null), "classic, 2.5", "before the presets have loaded");
  const one = (parameter: AxisParameter, value: string) =>
    frameTitle({ title: value, differs: [{ parameter, value }] }, choices);
  assert.equal(one("model", "mdl_2"), "Model mdl_2");
  assert.equal(one("enhancement", "none"), "None");
  assert.equal(one("enhancement", "retired"), "retired");
});

test("a frame of a shoot keeps its own title", () => {
  assert.equal(frameTitle({ title: "On a pier", differs: [] }, choices), "On a pier");
});

test("a comparison is called by its axes, in no more characters than the studio takes", () => {
  const axes = [axisOf("preset", choices), { parameter: "steps", values: [28, 50] } as const].map((axis) => ({
    ...axis,
    values: [...axis.values],
  }));
  assert.equal(comparisonTitle(axes, choices), "Preset: Likeness, Classic; Steps: 28, 50");
  const many = [{ parameter: "seed" as const, values: Array.from({ length: 64 }, (_, index) => index + 1) }];
  assert.equal([...comparisonTitle(many, choices)].length, 120);
});
