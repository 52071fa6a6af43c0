import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, studio, unique } from "./studio.js";

const bind = async (id, body) => (await studio.operator()).post(`/api/operator/people/${id}/models`, body);

describe("binding a model", () => {
  test("puts it in the person's list, with the presets", async () => {
    const { client, model, binding } = await person("maker");
    const list = await client.get("/api/models");
    assert.equal(list.status, 200, list.text);
    const [mine] = list.json.models;
    assert.equal(mine.id, model);
    assert.equal(mine.provider_model, `studio/${binding.name}`);
    assert.equal(mine.trigger, binding.trigger);
    assert.equal(mine.version, binding.version);
    assert.equal(mine.weights ?? null, null);
    assert.deepEqual(
      list.json.presets.map(({ id }) => id),
      ["likeness", "classic", "natural", "balanced"],
    );
    assert.ok(list.json.quality_specs.length >= 2);
  });

  test("gives it to exactly one of several concurrent claims, for good", async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => studio.create()));
    const body = await studio.binding();
    const answers = await Promise.all(people.map(({ id }) => bind(id, body)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1, answers.map(({ where }) => where).join());
    for (const answer of answers.filter(({ status }) => status !== 201)) assertError(answer, 409, "model_claimed");
    const another = await bind((await studio.create()).id, { ...body, label: "mine now" });
    assertError(another, 409, "model_claimed");
    for (const { id } of people) {
      const client = await studio.signIn(id);
      const { models } = (await client.get("/api/models")).json;
      assert.equal(models.length, answers[people.findIndex((one) => one.id === id)].status === 201 ? 1 : 0);
    }
  });

  test("refuses unknown models and versions without a claim", async () => {
    const { id } = await studio.create();
    const good = await studio.binding("ada-selfie-lora");
    for (const change of [{ version: "0".repeat(64) }, { name: "no-such-model" }, { owner: "nobody" }]) {
      assertError(await bind(id, { ...good, ...change }), 422, "model_unusable");
    }
    assert.deepEqual((await (await studio.signIn(id)).get("/api/models")).json.models, []);
    assert.equal((await bind(id, good)).status, 201, "a failed binding claims nothing");
  });

  test("needs weights for a version without, refuses them for a version with its own", async () => {
    const { id } = await studio.create();
    const cleo = await studio.binding("cleo-flux-dev-lora");
    assertError(await bind(id, cleo), 422, undefined, "weights");
    const own = await studio.binding("ben-selfie-lora");
    assertError(await bind(id, { ...own, weights: "studio/someone" }), 422, undefined, "weights");
    const bound = await bind(id, { ...cleo, weights: "studio/cleo-weights" });
    assert.equal(bound.status, 201, bound.text);
    const client = await studio.signIn(id);
    const text = unique("with weights");
    const made = await client.ask({ model: bound.json.id, text, overrides: { steps: 4 } });
    assert.equal((await client.finished(made.id)).status, "succeeded");
    const [create] = await studio.standIn.creates(text);
    assert.equal(create.body.input.lora_weights, "studio/cleo-weights");
    assert.equal(create.body.input.extra_lora, undefined);
    const other = await studio.create();
    assertError(await bind(other.id, { ...cleo, weights: "studio/cleo-weights" }), 409, "model_claimed");
  });

  test("is one claim, however the weights are spelled", async () => {
    const cleo = await studio.binding("cleo-flux-dev-lora");
    const [{ id: first }, { id: second }] = [await studio.create(), await studio.create()];
    for (const [own, others] of [
      [
        "huggingface.co/Ada/Face/one.safetensors",
        [
          "huggingface.co/ada/face",
          "https://huggingface.co/Ada/Face/resolve/main/two.safetensors",
          "huggingface.co/ADA/FACE/one.safetensors",
        ],
      ],
      [
        "civitai.com/models/12?modelVersionId=34",
        ["civitai.com/models/12?modelVersionId=35", "civitai.com/models/9?modelVersionId=34"],
      ],
    ]) {
      const bound = await bind(first, { ...cleo, weights: own });
      assert.equal(bound.status, 201, bound.text);
      for (const weights of others) {
        assertError(await bind(second, { ...cleo, weights }), 409, "model_claimed");
      }
      assert.equal((await bind(first, { ...cleo, weights: own })).status, 201, "the same person again");
    }
    for (const weights of [
      "hf.co/ada/face",
      "civitai.com/models/12",
      "https://civitai.com/api/download/models/34",
      "huggingface.co/%61da/face",
      "https://hf.co/ada/face/resolve/main/one.safetensors",
    ]) {
      assertError(await bind(second, { ...cleo, weights }), 422, "invalid_value", "weights");
    }
  });

  test("refuses malformed fields", async () => {
    const { id } = await studio.create();
    const good = await studio.binding("ada-selfie-lora");
    for (const [field, values] of Object.entries({
      trigger: ["", "a", "1abc", "two words", "x".repeat(33), 5],
      class_word: ["", "Woman", "x", "a,b"],
      provider: ["fal", ""],
      version: ["", "latest", "zz"],
      owner: ["", "../x", "a/b"],
      name: ["", "..", "a b"],
      label: ["", "a\u202eb", "\u200b"],
    })) {
      for (const value of values) {
        const answer = await bind(id, { ...good, [field]: value });
        assert.equal(answer.status, 422, `${field}=${value}: ${answer.text}`);
        assertError(answer, 422);
      }
    }
  });
});
