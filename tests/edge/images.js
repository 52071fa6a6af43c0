import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, unique } from "./studio.js";

describe("images", () => {
  let client;
  let picture;
  let generation;

  before(async () => {
    const maker = await person("images");
    client = maker.client;
    const made = await client.ask({
      model: maker.model,
      text: unique("an image"),
      pictures: 2,
      overrides: { steps: 4 },
    });
    generation = await client.finished(made.id);
    [picture] = generation.pictures;
  });

  test("are cached privately and have a type and a file name", async () => {
    const image = await client.get(`/api/images/${picture.id}`);
    assert.equal(image.status, 200);
    assert.equal(image.headers.get("content-type"), "image/webp");
    assert.match(image.headers.get("cache-control"), /private/);
    assert.doesNotMatch(image.headers.get("cache-control"), /public/);
    assert.match(image.headers.get("content-disposition"), /filename="?[\w.-]+\.webp"?/);
    assert.ok(image.headers.get("etag"));
    assert.equal(Number(image.headers.get("content-length") ?? image.bytes.length), picture.bytes);
  });

  test("have a record with the recipe and the generation", async () => {
    const record = await client.get(`/api/pictures/${picture.id}`);
    assert.equal(record.status, 200, record.text);
    assert.deepEqual(record.json, { ...picture, generation: generation.id });
  });

  test("are not sent again to a client that has them", async () => {
    const etag = (await client.get(`/api/images/${picture.id}`)).headers.get("etag");
    for (const header of [etag, `"other", ${etag}`, `W/${etag}`, "*"]) {
      const again = await client.get(`/api/images/${picture.id}`, { headers: { "if-none-match": header } });
      assert.equal(again.status, 304, header);
      assert.equal(again.bytes.length, 0);
      assert.equal(again.headers.get("etag"), etag);
    }
    const changed = await client.get(`/api/images/${picture.id}`, { headers: { "if-none-match": '"other"' } });
    assert.equal(changed.status, 200);
  });

  test("need a session", async () => {
    const { studio } = await import("./studio.js");
    assertError(await studio.anonymous().get(`/api/images/${picture.id}`), 401, "unauthenticated");
  });

  test("are gone after deletion, and the others stay", async () => {
    const deleted = await client.delete(`/api/pictures/${picture.id}`);
    assert.equal(deleted.status, 204, deleted.text);
    assertError(await client.get(`/api/images/${picture.id}`), 404, "not_found");
    assertError(await client.delete(`/api/pictures/${picture.id}`), 404, "not_found");
    const left = (await client.generation(generation.id)).pictures;
    assert.deepEqual(
      left.map(({ id }) => id),
      [generation.pictures[1].id],
    );
    assert.equal((await client.get(`/api/images/${left[0].id}`)).status, 200);
  });
});
