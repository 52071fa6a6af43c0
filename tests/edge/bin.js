import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, unique } from "./studio.js";

describe("the bin", () => {
  let client;
  let generation;
  let other;

  const make = async (model, text, pictures) => {
    const made = await client.ask({ model, text, pictures, overrides: { steps: 4 } });
    return client.finished(made.id);
  };
  const bin = async () => (await client.get("/api/bin")).json.entries;

  before(async () => {
    const maker = await person("images");
    client = maker.client;
    await client.delete("/api/bin");
    generation = await make(maker.model, unique("for the bin"), 2);
    other = await make(maker.model, unique("for the bin"), 1);
  });

  test("hides a deleted generation and gives it back", async () => {
    const address = `/api/generations/${generation.id}`;
    const image = `/api/images/${generation.pictures[0].id}`;
    assert.equal((await client.delete(address)).status, 204);
    for (const gone of [address, image, `/api/pictures/${generation.pictures[0].id}`])
      assertError(await client.get(gone), 404, "not_found");
    const { json } = await client.get("/api/generations");
    assert.ok(!json.generations.some(({ id }) => id === generation.id));

    const [entry] = await bin();
    assert.equal(entry.id, generation.id);
    assert.equal(Date.parse(entry.gone_at) - Date.parse(entry.deleted_at), 30 * 24 * 60 * 60 * 1000);
    assert.equal(entry.generation.pictures.length, 2);
    assert.equal((await client.post(`/api/bin/${entry.id}/restore`)).status, 204);
    assert.equal((await client.get(image)).status, 200);
    assert.deepEqual(await bin(), []);
  });

  test("gives back one picture of several", async () => {
    const [picture] = generation.pictures;
    await client.delete(`/api/pictures/${picture.id}`);
    assert.equal((await client.generation(generation.id)).pictures.length, 1);
    await client.post(`/api/bin/${picture.id}/restore`);
    assert.equal((await client.generation(generation.id)).pictures.length, 2);
  });

  test("deletes one entry or all for good", async () => {
    for (const { id } of generation.pictures) await client.delete(`/api/pictures/${id}`);
    await client.delete(`/api/generations/${other.id}`);
    const [, { id }] = generation.pictures;
    assert.equal((await client.delete(`/api/bin/${id}`)).status, 204);
    assertError(await client.post(`/api/bin/${id}/restore`), 404, "not_found");
    assert.equal((await bin()).length, 2);
    assert.equal((await client.delete("/api/bin")).status, 204);
    assert.deepEqual(await bin(), []);
    assertError(await client.get(`/api/generations/${other.id}`), 404, "not_found");
  });

  test("comes in pages", async () => {
    for (const query of ["limit=0", "cursor=AAAA", "after=x"])
      assertError(await client.get(`/api/bin?${query}`), 400, "invalid_query");
  });
});
