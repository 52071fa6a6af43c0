import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, unique } from "./studio.js";

describe("the gallery", () => {
  let client;
  let model;
  let made;
  const word = `quokka${Date.now()}`;

  const list = async (query) => {
    const answer = await client.get(`/api/pictures?${new URLSearchParams(query)}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.json.pictures.map(({ id }) => id);
  };
  const change = (pictures, what) => client.post("/api/pictures/changes", { pictures, change: what });

  before(async () => {
    ({ client, model } = await person("images"));
    const text = unique(`a ${word} beside the café`);
    const asked = await client.ask({ model, text, pictures: 3, preset: "natural", overrides: { steps: 4 } });
    made = (await client.finished(asked.id)).pictures.map(({ id }) => id);
  });

  test("lists pictures with their words, page by page", async () => {
    const all = await list({ q: word });
    assert.deepEqual([...all].sort(), [...made].sort());
    const first = (await client.get(`/api/pictures?q=${word}&limit=2`)).json;
    const second = (await client.get(`/api/pictures?q=${word}&limit=2&cursor=${first.next_cursor}`)).json;
    assert.deepEqual(
      [...first.pictures, ...second.pictures].map(({ id }) => id),
      all,
    );
    assert.equal(second.next_cursor, null);
    const [picture] = first.pictures;
    assert.match(picture.text, new RegExp(word));
    assert.equal(picture.model, model);
    assert.equal(picture.preset, "natural");
    assert.equal(picture.aspect_ratio, "4:5");
  });

  test("filters, and takes any words", async () => {
    assert.equal((await list({ q: `${word.toUpperCase()} cafe`, preset: "natural", model, format: "webp" })).length, 3);
    assert.deepEqual(await list({ q: word, preset: "classic" }), []);
    assert.deepEqual(await list({ q: word, to: "2020-01-01T00:00:00Z" }), []);
    for (const q of ['"', "NEAR(", `${word}" OR "`, "prompt: *", "\0", "a:b^2"]) await list({ q });
    for (const query of ["limit=0", "cursor=AAAA", "colour=red", "favourite=x", "album=x", `q=${"a".repeat(201)}`])
      assertError(await client.get(`/api/pictures?${query}`), 400, "invalid_query");
  });

  test("has favourites", async () => {
    const [favourite] = made;
    assert.deepEqual((await change({ ids: [favourite] }, "favourite")).json, { selected: 1, changed: 1 });
    assert.deepEqual(await list({ q: word, favourite: "true" }), [favourite]);
    assert.equal((await client.get(`/api/pictures/${favourite}`)).json.favourite, true);
    const all = { query: { q: word } };
    assert.deepEqual((await change(all, "unfavourite")).json, { selected: 3, changed: 1 });
    assert.deepEqual(await list({ q: word, favourite: "true" }), []);
  });

  test("has albums", async () => {
    const added = await client.post("/api/albums", { name: "Quokkas" });
    assert.equal(added.status, 201, added.text);
    const { id } = added.json;
    assertError(await client.post("/api/albums", { name: "quokkas" }), 409, "name_taken", "name");
    assert.equal((await change({ query: { q: word } }, { add_to_album: id })).json.changed, 3);
    assert.equal((await change({ ids: made.slice(1) }, { remove_from_album: id })).json.changed, 2);
    assert.deepEqual(await list({ album: id }), made.slice(0, 1));
    assert.deepEqual((await client.get(`/api/pictures/${made[0]}`)).json.albums, [id]);
    const renamed = await client.request("PATCH", `/api/albums/${id}`, { json: { name: "Marsupials" } });
    assert.equal(renamed.json.name, "Marsupials");
    assert.equal(renamed.json.cover, made[0]);
    assert.deepEqual((await client.get("/api/albums")).json.albums, [renamed.json]);
    assert.equal((await client.delete(`/api/albums/${id}`)).status, 204);
    assertError(await client.get(`/api/albums/${id}`), 404, "not_found");
    assertError(await client.get(`/api/pictures?album=${id}`), 404, "not_found");
    assert.equal((await list({ q: word })).length, 3);
  });

  test("moves many pictures to the bin, back, and away", async () => {
    assert.equal((await change({ query: { q: word } }, "bin")).json.changed, 3);
    assert.deepEqual(await list({ q: word }), []);
    assert.equal((await change({ ids: made.slice(0, 2) }, "restore")).json.changed, 2);
    assert.equal((await list({ q: word })).length, 2);
    assert.equal((await change({ query: { q: word } }, "delete_for_good")).json.changed, 1);
    assertError(await client.post(`/api/bin/${made[2]}/restore`), 404, "not_found");
    const refused = await change({ ids: Array(501).fill(made[0]) }, "bin");
    assertError(refused, 422, "out_of_range", "pictures");
    for (const body of [{ pictures: { ids: [] }, change: "paint" }, { pictures: {}, change: "bin" }, { change: "bin" }])
      assertError(await client.post("/api/pictures/changes", body), 422);
  });
});
