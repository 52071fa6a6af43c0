import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, studio, unique } from "./studio.js";

const all = async (client, query = "") => {
  const answer = await client.get(`/api/enhancements${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.enhancements;
};
const put = (client, path, json) => client.request("PUT", path, { json });
const address = (id) => `/api/operator/enhancements/${id}`;
const film = {
  title: "Film grain",
  reference: "https://huggingface.co/somebody/film/resolve/main/grain.safetensors",
  phrase: "film grain",
  default_scale: 0.4,
  max_scale: 0.9,
  licence: "mit",
};

describe("enhancements", () => {
  test("the five of the release are offered to everybody, with what is known of their licence", async () => {
    const { client, model } = await person("enhanced");
    const offered = await all(client, `?model=${model}`);
    const ids = ["face-realism", "ultra-realism", "realism", "super-realism", "add-details"];
    for (const id of ids) {
      const one = offered.find((each) => each.id === id);
      assert.match(one.reference, /^huggingface\.co\/[^/]+\/[^/]+\/[^/]+\.safetensors$/);
      assert.equal(one.licence, "unknown");
      assert.ok(one.default_scale <= one.max_scale);
    }
    assertError(await client.get("/api/enhancements?model=mdl_01aaaaaaaaaaaaaaaaaaaaaaaa"), 404, "not_found");
    assertError(await client.get("/api/enhancements?modle=1"), 400, "invalid_query");
    assertError(await studio.anonymous().get("/api/enhancements"), 401, "unauthenticated");
  });

  test("one is sent beside the own LoRA, with its phrase and scale, and its recipe names it", async () => {
    const { client, model } = await person("enhanced");
    const text = unique("portrait with face realism");
    const made = await client.ask({ model, text, enhancements: [{ id: "face-realism", scale: 0.35 }] });
    const done = await client.finished(made.id);
    const [create] = await studio.standIn.creates(text);
    assert.deepEqual(create.unknown_inputs, []);
    const { input } = create.body;
    assert.equal(
      input.extra_lora,
      "huggingface.co/prithivMLmods/Canopus-LoRA-Flux-FaceRealism/Canopus-LoRA-Flux-FaceRealism.safetensors",
    );
    assert.equal(input.extra_lora_scale, 0.35);
    assert.match(input.prompt, /^\w+, face realism, /);
    const [effect] = done.enhancements;
    assert.deepEqual([effect.value, effect.scale, effect.status], [input.extra_lora, 0.35, "sent"]);
    const { recipe } = (await client.get(`/api/generations/${done.id}`)).json.pictures[0];
    assert.deepEqual(recipe.input, input);
    assert.equal(recipe.data[0], `enhancement/face-realism@${effect.version}`);
  });

  test("what cannot be stacked, is unknown or is a reference is refused before anything is sent", async () => {
    const { client, model } = await person("enhanced");
    const text = unique("never sent");
    const ask = (enhancements) => client.generate({ model, text, enhancements });
    const both = await ask([{ id: "face-realism" }, { id: "ultra-realism" }]);
    assertError(both, 422, "parameter_unsupported", "enhancements");
    assert.match(both.json.error.message, /takes one enhancement/);
    assertError(await ask([{ id: "nobodys" }]), 422, "invalid_value", "enhancements");
    assertError(await ask([{ id: "face-realism", scale: 9 }]), 422, "out_of_range", "enhancements");
    assertError(await ask([{ id: "huggingface.co/a/b/c.safetensors" }]), 422, "invalid_value");
    assertError(await ask([{ id: "face-realism", reference: "studio/ada" }]), 422, "unknown_field");
    assert.deepEqual(await studio.standIn.creates(text), []);
  });

  test("the operator adds, changes and retires one, and the audit log has it", async () => {
    const operator = await studio.operator();
    const { client, model } = await person("enhanced");
    const added = await put(operator, address("film-grain"), film);
    assert.equal(added.status, 200, added.text);
    assert.deepEqual([added.json.version, added.json.reference], [1, "huggingface.co/somebody/film/grain.safetensors"]);
    assert.ok((await all(client)).some(({ id }) => id === "film-grain"));

    const noted = await put(operator, address("film-grain"), { ...film, licence_note: "Free." });
    assert.equal(noted.json.version, 1, "a note changes no picture");
    const changed = await put(operator, address("film-grain"), { ...film, phrase: "heavy film grain" });
    assert.equal(changed.json.version, 2);

    const retired = await operator.post(`${address("film-grain")}/retire`);
    assert.ok(retired.json.retired_at, retired.text);
    assert.ok(!(await all(client)).some(({ id }) => id === "film-grain"));
    const refused = await client.generate({ model, text: "retired", enhancements: [{ id: "film-grain" }] });
    assertError(refused, 422, "invalid_value", "enhancements");
    const listed = (await operator.get("/api/operator/enhancements")).json.enhancements;
    assert.ok(listed.some(({ id, retired_at }) => id === "film-grain" && retired_at));

    const log = (await operator.get("/api/operator/audit?limit=10")).json.entries;
    const actions = log.filter(({ detail }) => detail.startsWith("film-grain")).map(({ action }) => action);
    assert.deepEqual(actions, ["retire_enhancement", "put_enhancement", "put_enhancement", "put_enhancement"]);
    assertError(await operator.post(`${address("nobodys")}/retire`), 404, "not_found");
    assertError(await put(operator, address("Not%20An%20Id"), film), 404, "not_found");
    assertError(await put(operator, address("x1"), { ...film, max_scale: 4 }), 422, "out_of_range", "max_scale");
    assertError(await client.get("/api/operator/enhancements"), 403, "forbidden");
  });

  test("nobody's own LoRA is an enhancement, and no enhancement is anybody's own LoRA", async () => {
    const operator = await studio.operator();
    const { id } = await studio.create();
    const weights = "huggingface.co/somebody/private-face/face.safetensors";
    const bind = async (weights) =>
      operator.post(`/api/operator/people/${id}/models`, await studio.binding("cleo-flux-dev-lora", { weights }));
    assert.equal((await bind(weights)).status, 201);
    const stolen = await put(operator, address("stolen"), { ...film, reference: weights });
    assertError(stolen, 409, "model_claimed", "reference");
    const known = "huggingface.co/XLabs-AI/flux-RealismLora/lora.safetensors";
    assertError(await bind(known), 422, "invalid_value", "weights");
  });
});
