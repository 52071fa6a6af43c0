import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, describe, test } from "node:test";
import { assertError, errorBody } from "../harness/client.js";
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

  test("are marked as generated", async () => {
    const { bytes } = await client.get(`/api/images/${picture.id}`);
    assert.ok(bytes.includes("digitalsourcetype/trainedAlgorithmicMedia"));
  });

  test("tell their length without being sent", async () => {
    const answer = await client.request("HEAD", `/api/images/${picture.id}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.bytes.length, 0);
    assert.equal(answer.headers.get("content-length"), String(picture.bytes));
    assert.equal(answer.headers.get("accept-ranges"), "bytes");
  });

  test("are sent in parts", async () => {
    const path = `/api/images/${picture.id}`;
    const whole = await client.get(path);
    const etag = whole.headers.get("etag");
    const size = picture.bytes;
    for (const [range, first, last] of [
      ["bytes=0-9", 0, 9],
      ["bytes=10-", 10, size - 1],
      ["bytes=-7", size - 7, size - 1],
      [`bytes=5-${size + 5}`, 5, size - 1],
    ]) {
      for (const headers of [{ range }, { range, "if-range": etag }]) {
        const part = await client.get(path, { headers });
        assert.equal(part.status, 206, range);
        assert.equal(part.headers.get("content-range"), `bytes ${first}-${last}/${size}`);
        assert.equal(part.headers.get("etag"), etag);
        assert.ok(part.bytes.equals(whole.bytes.subarray(first, last + 1)), range);
      }
    }
    for (const headers of [{ range: "bytes=0-9", "if-range": '"other"' }, { range: "bytes=0-1,3-4" }, { range: "x" }]) {
      const answer = await client.get(path, { headers });
      assert.equal(answer.status, 200);
      assert.ok(answer.bytes.equals(whole.bytes));
    }
    for (const range of [`bytes=${size}-`, "bytes=-0"]) {
      const answer = await client.get(path, { headers: { range } });
      assertError(answer, 416, "range_not_satisfiable");
      assert.equal(answer.headers.get("content-range"), `bytes */${size}`);
    }
  });

  test("are the same 404 for foreign and missing ids, whatever is asked of them", async () => {
    const { client: other } = await person("pages");
    for (const headers of [{}, { range: "bytes=0-9" }, { range: "bytes=999999999-" }]) {
      const foreign = await other.get(`/api/images/${picture.id}`, { headers });
      const missing = await other.get(`/api/images/pic_${"0".repeat(26)}`, { headers });
      assertError(foreign, 404, "not_found");
      assert.deepEqual(errorBody(foreign), errorBody(missing));
      const names = (answer) => [...answer.headers.keys()].sort();
      assert.deepEqual(names(foreign), names(missing));
    }
  });

  test("need a session", async () => {
    const { studio } = await import("./studio.js");
    assertError(await studio.anonymous().get(`/api/images/${picture.id}`), 401, "unauthenticated");
  });

  test("are gone after deletion, also for a client that has them, and the others stay", async () => {
    const etag = (await client.get(`/api/images/${picture.id}`)).headers.get("etag");
    const deleted = await client.delete(`/api/pictures/${picture.id}`);
    assert.equal(deleted.status, 204, deleted.text);
    for (const headers of [{}, { "if-none-match": etag }, { "if-none-match": "*" }, { range: "bytes=0-9" }])
      assertError(await client.get(`/api/images/${picture.id}`, { headers }), 404, "not_found");
    assertError(await client.delete(`/api/pictures/${picture.id}`), 404, "not_found");
    const left = (await client.generation(generation.id)).pictures;
    assert.deepEqual(
      left.map(({ id }) => id),
      [generation.pictures[1].id],
    );
    assert.equal((await client.get(`/api/images/${left[0].id}`)).status, 200);
  });
});

describe("a picture's record", () => {
  let client;
  let generation;
  let pictures;

  before(async () => {
    const maker = await person("images");
    client = maker.client;
    const made = await client.ask({
      model: maker.model,
      text: unique("a record"),
      pictures: 2,
      overrides: { steps: 4 },
    });
    generation = await client.finished(made.id);
    pictures = generation.pictures;
    assert.equal(pictures.length, 2);
  });

  test("has the picture, its recipe and its generation", async () => {
    for (const [index, picture] of pictures.entries()) {
      const answer = await client.get(`/api/pictures/${picture.id}`);
      assert.equal(answer.status, 200, answer.text);
      const { recipe, recipe_id, ...record } = answer.json;
      const { id, format, bytes, created_at } = picture;
      const kept = { favourite: false, albums: [] };
      assert.deepEqual(record, { id, index, format, bytes, created_at, generation: generation.id, ...kept });
      assert.deepEqual({ recipe, recipe_id }, { recipe: picture.recipe, recipe_id: picture.recipe_id });
      assert.equal(recipe.index, index);
      assert.equal(recipe.input.prompt, generation.prompt);
      assert.equal(recipe.seed, generation.request.overrides.seed);
      const hash = createHash("sha256").update(canonical(recipe)).digest("hex");
      assert.equal(recipe_id, hash, "the id is the hash of the recipe's canonical JSON");
    }
  });

  test("is the same 404 for a foreign, an unknown and a malformed id", async () => {
    const { client: other } = await person("pages");
    const bodies = [];
    for (const [who, id] of [
      [other, pictures[0].id],
      [client, `pic_${"0".repeat(26)}`],
      [client, "pic_"],
      [client, generation.id],
      [client, "%00"],
    ]) {
      const answer = await who.get(`/api/pictures/${id}`);
      assertError(answer, 404, "not_found");
      assert.ok(!answer.text.includes(generation.id), answer.where);
      bodies.push(errorBody(answer));
    }
    for (const body of bodies) assert.deepEqual(body, bodies[0]);
    assert.equal((await client.get(`/api/pictures/${pictures[0].id}`)).status, 200, "its owner still has it");
  });
});

/** JSON with sorted keys and no white space, which is what a recipe of text and small numbers is hashed as. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}
