import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { person, studio, unique } from "./studio.js";

const KNOWN = {
  hotswap: { guidance: "guidance_scale", fast: "go_fast" },
  trained: { guidance: "guidance_scale", fast: undefined },
};

describe("what is sent", () => {
  test("is what the report shows: the prompt and each parameter, nothing else", async () => {
    // The models of these two people have different input schemas.
    for (const name of ["schema one", "schema two"]) {
      const { client, model, binding } = await person(name);
      const text = unique("portrait in the rain");
      const made = await client.ask({
        model,
        text,
        preset: "classic",
        pictures: 2,
        overrides: { guidance: 3.1, seed: 77, aspect_ratio: "4:5" },
      });
      const done = await client.finished(made.id);
      const [create, ...more] = await studio.standIn.creates(text);
      assert.deepEqual(more, []);
      assert.deepEqual(create.unknown_inputs, []);
      const { input, version } = create.body;
      assert.equal(version, binding.version);
      assert.equal(input.prompt, done.prompt);
      assert.equal(input.seed, 77);
      assert.equal(input.num_outputs, 2);
      const shown = Object.fromEntries(
        done.effects.filter((effect) => effect.name).map((effect) => [effect.name, effect.value]),
      );
      const { prompt: _, ...rest } = input;
      for (const [key, value] of Object.entries(shown)) assert.deepEqual(rest[key], value, `${name}: ${key}`);
      const { openapi_schema } = (await studio.standIn.model(binding.name)).latest_version;
      const properties = Object.keys(openapi_schema.components.schemas.Input.properties);
      for (const key of Object.keys(input)) assert.ok(properties.includes(key), `${name}: unknown input ${key}`);
      for (const key of ["lora_weights", "replicate_weights", "extra_lora", "hf_lora"])
        assert.equal(input[key], undefined, key);
      assert.equal(input[KNOWN.hotswap.guidance], 3.1);
      assert.deepEqual(done.pictures[0].recipe.input, input);
      assert.equal(done.pictures[0].recipe.version, version);
      assert.deepEqual(
        done.effects.map(({ parameter }) => parameter),
        [
          "guidance",
          "steps",
          "lora_scale",
          "aspect_ratio",
          "megapixels",
          "pictures",
          "seed",
          "output_format",
          "output_quality",
          "go_fast",
        ],
      );
    }
  });

  test("has a deadline and a webhook that names the generation", async () => {
    const { client, id, model } = await person("schema one");
    const text = unique("with a deadline");
    const made = await client.ask({ model, text, overrides: { steps: 4 } });
    await client.finished(made.id);
    const [create] = await studio.standIn.creates(text);
    const headers = Object.fromEntries(
      Object.entries(create.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    assert.equal(headers["cancel-after"], "30m");
    const webhook = new URL(create.body.webhook);
    assert.equal(webhook.origin, studio.origin);
    assert.match(webhook.pathname, new RegExp(`^/hooks/replicate/${id}/${made.id}/[0-9a-f]{32}$`));
    assert.ok(!JSON.stringify(create).includes("r8_stand_in_token"), "the record shows the token");
  });

  test("follows the quality text and placement of the request", async () => {
    const { client, model, binding } = await person("schema one");
    const list = (await client.get("/api/models")).json;
    const prompts = [];
    for (const quality of list.quality_specs.map(({ id }) => id)) {
      const text = unique(`in ${quality}`);
      const made = await client.ask({ model, text, quality, placement: "beginning", overrides: { steps: 4 } });
      prompts.push(made.prompt.replace(text, ""));
      assert.ok(made.prompt.startsWith(`${binding.trigger}, `));
    }
    assert.equal(new Set(prompts).size, prompts.length);
  });

  test("has a drawn seed when none is given, never zero", async () => {
    const { client, model } = await person("schema one");
    const seeds = new Set();
    for (let n = 0; n < 3; n += 1) {
      const made = await client.ask({ model, text: unique("drawn"), overrides: { steps: 4 } });
      const { seed } = made.request.overrides;
      assert.ok(Number.isInteger(seed) && seed > 0 && seed <= 4_294_967_295);
      seeds.add(seed);
    }
    assert.equal(seeds.size, 3);
  });
});
