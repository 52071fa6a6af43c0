import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { assertError, errorBody } from "../harness/client.js";
import { person, studio, unique } from "./studio.js";

describe("a shared picture", () => {
  let client;
  let id;
  let picture;
  let link;
  /** What a browser without a session gets. */
  const visit = (url, options) => studio.anonymous().get(new URL(url).pathname, options);

  before(async () => {
    const maker = await person("images");
    ({ client, id } = maker);
    const made = await client.ask({ model: maker.model, text: unique("to be shared"), overrides: { steps: 4 } });
    [picture] = (await client.finished(made.id)).pictures;
    const answer = await client.post(`/api/pictures/${picture.id}/share-links`, {});
    assert.equal(answer.status, 201, answer.text);
    link = answer.json;
  });

  test("has a link that tells nothing about its owner and ends in a week", () => {
    assert.equal(link.picture, picture.id);
    assert.ok(link.url.startsWith(`${studio.origin}/s/`), link.url);
    assert.ok(!link.url.includes(id) && !link.url.includes(picture.id));
    const days = (Date.parse(link.expires_at) - Date.parse(link.created_at)) / 86_400_000;
    assert.deepEqual([days, link.views], [7, 0]);
  });

  test("is shown to whoever has the link, marked, without a recipe, a cookie or an index", async () => {
    const shown = await visit(link.url);
    assert.equal(shown.status, 200, shown.text);
    assert.equal(shown.headers.get("content-type"), `image/${picture.format}`);
    assert.equal(shown.headers.get("set-cookie"), null);
    assert.match(shown.headers.get("x-robots-tag"), /noindex/);
    assert.match(shown.headers.get("content-security-policy"), /^default-src 'none';.* sandbox$/);
    assert.match(shown.headers.get("cache-control"), /no-store/);
    assert.equal(shown.headers.get("content-disposition"), `inline; filename="picture.${picture.format}"`);
    assert.ok(shown.bytes.includes("digitalsourcetype/trainedAlgorithmicMedia"));
    // The stand-in writes the prompt into its files.
    for (const secret of ["selfsame:recipe", id, picture.recipe.input.prompt])
      assert.ok(!shown.bytes.includes(secret), secret);
    const stored = await client.get(`/api/images/${picture.id}`);
    assert.ok(stored.bytes.equals(shown.bytes), "it is shown as it is stored");
    const head = await studio.anonymous().request("HEAD", new URL(link.url).pathname);
    assert.equal(head.status, 200);
    const { share_links } = (await client.get("/api/share-links")).json;
    assert.deepEqual(share_links, [{ ...link, views: 1 }]);
  });

  test("is found by nobody who has another link, and every such link is answered alike", async () => {
    const { client: other } = await person("pages");
    const foreign = await other.post(`/api/pictures/${picture.id}/share-links`, {});
    assertError(foreign, 404, "not_found");
    assertError(await other.delete(`/api/share-links/${link.id}`), 404, "not_found");
    const again = await client.post(`/api/pictures/${picture.id}/share-links`, { days: 1 });
    assert.equal((await client.delete(`/api/share-links/${again.json.id}`)).status, 204);
    const token = link.url.split("/s/")[1];
    const unknown = [
      again.json.url,
      `${studio.origin}/s/x`,
      `${studio.origin}/s/${token}x`,
      `${studio.origin}/s/shr_${"0".repeat(26)}.${token.split(".")[1]}`,
    ];
    for (const url of unknown) {
      const answer = await visit(url);
      assertError(answer, 404, "not_found");
      assert.deepEqual(errorBody(answer), errorBody(foreign), url);
    }
  });

  test("is not shared for longer than ninety days, or without a session", async () => {
    const address = `/api/pictures/${picture.id}/share-links`;
    for (const days of [0, 91]) {
      const answer = await client.post(address, { days });
      assertError(answer, 422, "out_of_range");
      assert.equal(answer.json.error.field, "days");
    }
    assertError(await studio.anonymous().post(address, {}), 401, "unauthenticated");
    assertError(await studio.anonymous().get("/api/share-links"), 401, "unauthenticated");
  });

  test("is not shown any more once it lies in the bin", async () => {
    assert.equal((await client.delete(`/api/pictures/${picture.id}`)).status, 204);
    assertError(await visit(link.url), 404, "not_found");
  });
});
