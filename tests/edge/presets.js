import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, unique } from "./studio.js";

describe("presets", () => {
  let client;
  let model;
  const settings = { preset: "natural", overrides: { guidance: 3.2 }, placement: "beginning", quality: "lean" };
  const add = (name, from = { settings }) => client.post("/api/presets", { name, from });
  const own = async () => (await client.get("/api/presets")).json.own;

  before(async () => {
    ({ client, model } = await person("images"));
  });

  test("say what is known about the built-in ones", async () => {
    const { built_in } = (await client.get("/api/presets")).json;
    assert.deepEqual(
      built_in.map(({ id }) => id),
      ["likeness", "classic", "natural", "balanced"],
    );
    for (const { evidence } of built_in) assert.match(evidence, /^[A-Z].*\.$/);
  });

  test("are made, renamed, replaced and deleted", async () => {
    const made = await add("Evening");
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(made.json.settings, settings);
    const address = `/api/presets/${made.json.id}`;
    assertError(await add("evening"), 409, "name_taken", "name");
    const change = (json) => client.request("PATCH", address, { json });
    assert.equal((await change({ name: "Dusk" })).json.name, "Dusk");
    const replaced = await change({ from: { settings: { overrides: { steps: 30 } } } });
    assert.equal(replaced.json.settings.preset, "likeness");
    assert.deepEqual((await client.get(address)).json, replaced.json);
    assert.equal((await client.delete(address)).status, 204);
    assertError(await client.get(address), 404, "not_found");
  });

  test("are made from a picture, and a request with their settings is sent with them", async () => {
    const asked = await client.ask({
      model,
      text: unique("for a preset"),
      pictures: 1,
      preset: "classic",
      overrides: { steps: 4, output_format: "png" },
    });
    const [{ id }] = (await client.finished(asked.id)).pictures;
    const { json } = await add("As there", { picture: id });
    assert.deepEqual(json.settings.overrides, { steps: 4, output_format: "png" });
    const again = await client.ask({ model, text: unique("with a preset"), pictures: 1, ...json.settings });
    assert.equal(again.request.preset, "classic");
    assert.equal(again.request.overrides.steps, 4);
    await client.finished(again.id);
    await client.delete(`/api/presets/${json.id}`);
  });

  test("are exported and imported as a file", async () => {
    await add("To keep");
    const file = await client.get("/api/presets/export");
    assert.match(file.headers.get("content-disposition"), /selfsame-presets\.json/);
    assert.deepEqual(file.json, { presets: [{ name: "To keep", settings }] });
    const imported = await client.post("/api/presets/import", file.json);
    assert.equal(imported.status, 201, imported.text);
    assert.deepEqual(
      (await own()).map(({ name }) => name),
      ["To keep", "To keep 2"],
    );
    for (const { id } of await own()) await client.delete(`/api/presets/${id}`);
  });

  test("are refused by field", async () => {
    const seeded = await add("Seeded", { settings: { overrides: { seed: 7 } } });
    assertError(seeded, 422, "invalid_value", "from.settings.overrides.seed");
    const steep = await add("Steep", { settings: { overrides: { steps: 51 } } });
    assertError(steep, 422, "out_of_range", "from.settings.overrides.steps");
    for (const name of ["", " ", "a\nb", "a".repeat(81)]) assertError(await add(name), 422, "invalid_value", "name");
    assertError(await add("Nowhere", { picture: `pic_${"0".repeat(26)}` }), 404, "not_found");
    assertError(await add("Nothing", {}), 422);
    assert.deepEqual(await own(), []);
  });
});
