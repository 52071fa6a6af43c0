import assert from "node:assert/strict";
import { test } from "node:test";
import type { Composition, Dialect, Model, Preset, Recipe, Span } from "../api/types";
import { againOf, modelOf, ownWords } from "./again";

const spans: Span[] = [
  { source: "trigger", text: "user1001" },
  { source: "joint", text: ", " },
  { source: "you", text: "by a window" },
  { source: "joint", text: ", " },
  { source: "trigger", text: "user1001 portrait" },
  { source: "joint", text: ". " },
  { source: "slots", text: "A red coat" },
  { source: "joint", text: ", " },
  { source: "quality", text: "raw photo" },
];

const recipe: Recipe = {
  builder: 1,
  data: ["presets@1", "quality/lean@2"],
  index: 0,
  input: {
    prompt: spans.map(({ text }) => text).join(""),
    guidance_scale: 2.5,
    num_outputs: 2,
    seed: 77,
    output_format: "png",
  },
  parts: spans,
  provider: "replicate",
  seed: 77,
  version: "v1",
};

const inputs = Object.entries({
  guidance: "guidance_scale",
  pictures: "num_outputs",
  seed: "seed",
  output_format: "output_format",
});
const model = {
  id: "mdl_1",
  label: "Me",
  provider: "replicate",
  version: "v1",
  weights: null,
  dialect: { inputs: inputs.map(([parameter, name]) => ({ parameter, name })) } as unknown as Dialect,
} as Model;

const preset = (id: string, guidance: number, output_format = "webp") => ({ id, guidance, output_format }) as Preset;
const presets = [preset("likeness", 3.5), preset("natural", 2.5), preset("balanced", 3)];

/** Inputs with the recipe's prompt for the text `known` and the given placement alone. */
const composer =
  (known: string, placement = "beginning_and_middle") =>
  (composition: Composition) => ({
    prompt:
      composition.text === known && composition.placement === placement
        ? String(recipe.input.prompt)
        : "another prompt",
    guidance_scale:
      composition.overrides?.guidance ?? presets.find(({ id }) => id === composition.preset)?.guidance ?? 0,
    num_outputs: composition.pictures ?? 1,
    seed: composition.overrides?.seed ?? 0,
    output_format: composition.overrides?.output_format ?? "webp",
  });

test("a recipe's model has the same version and, where one is sent, the same LoRA", () => {
  assert.equal(modelOf(recipe, [{ ...model, version: "v2" }, model]), model);
  assert.equal(modelOf(recipe, [{ ...model, version: "v2" }]), null);
  assert.equal(modelOf({ ...recipe, provider: "elsewhere" }, [model]), null);
  const hers = { ...model, weights: "studio/hers" };
  const his = { ...model, weights: "studio/his" };
  assert.equal(modelOf({ ...recipe, input: { ...recipe.input, lora_weights: "studio/his" } }, [hers, his]), his);
  assert.equal(modelOf(recipe, [hers]), null, "another person's picture with a shared version");
});

test("the person's words come back without the builder's", () => {
  assert.equal(ownWords(spans), "by a window, A red coat");
  assert.equal(ownWords([]), "");
});

test("the draft gives the recipe's input: nearest preset, overrides, locked seed", () => {
  const again = againOf(recipe, model, presets, composer("by a window, A red coat", "beginning"));
  assert.ok(again?.exact);
  const { text, model: id, preset: start, overrides, pictures, seed, seedLocked, quality, placement } = again.draft;
  assert.deepEqual(
    { text, id, start, overrides, pictures, seed, seedLocked, quality, placement },
    {
      text: "by a window, A red coat",
      id: "mdl_1",
      start: "natural",
      overrides: { output_format: "png" },
      pictures: 2,
      seed: 77,
      seedLocked: true,
      quality: "lean",
      placement: "beginning",
    },
  );
});

test("the draft has the enhancement that the recipe names, with the scale that was sent", () => {
  const dialect = {
    ...model.dialect,
    enhancement: { name: "extra_lora", scale_name: "extra_lora_scale", max_scale: 3 },
  };
  const input = { ...recipe.input, extra_lora: "huggingface.co/a/b/c.safetensors", extra_lora_scale: 0.35 };
  const enhanced = { ...recipe, data: ["enhancement/face-realism@2", ...(recipe.data ?? [])], input };
  const again = againOf(enhanced, { ...model, dialect }, presets, () => null);
  assert.deepEqual(again?.draft.enhancements, [{ id: "face-realism", scale: 0.35 }]);
  assert.deepEqual(againOf(recipe, model, presets, () => null)?.draft.enhancements, []);
});

test("the whole prompt is tried when the person's words give another one", () => {
  const again = againOf(recipe, model, presets, composer(String(recipe.input.prompt)));
  assert.deepEqual([again?.exact, again?.draft.text], [true, recipe.input.prompt]);
});

test("the nearest draft is not exact", () => {
  const again = againOf(recipe, model, presets, () => null);
  assert.deepEqual(
    [again?.exact, again?.draft.text, again?.draft.preset],
    [false, "by a window, A red coat", "natural"],
  );
});

test("a seed that the provider drew is filled in", () => {
  const { seed: _, ...input } = recipe.input;
  const again = againOf({ ...recipe, input }, model, presets, () => null);
  assert.equal(again?.draft.seed, 77);
  const unknown = againOf({ ...recipe, input, seed: null }, model, presets, () => null);
  assert.equal(unknown?.draft.seedLocked, false);
});

test("no presets, no draft", () =>
  assert.equal(
    againOf(recipe, model, [], () => null),
    null,
  ));
