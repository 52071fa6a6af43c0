import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { person, studio, unique } from "./studio.js";

describe("the provider's pictures", () => {
  const making = async (action, { pictures = 1, match = {}, overrides = {} } = {}) => {
    const { client, model } = await person("outputs");
    const text = unique("output");
    await studio.standIn.fault(action, { prompt: text, ...match });
    const made = await client.ask({ model, text, pictures, overrides: { steps: 4, ...overrides } });
    const done = await client.finished(made.id, 60);
    assert.equal((await studio.standIn.creates(text)).length, 1);
    assert.equal((await client.get("/api/me")).json.allowance.reserved, 0);
    return { client, done };
  };

  test("some filtered: a success with fewer pictures", async () => {
    const { done } = await making({ kind: "nsfw", images: "some" }, { pictures: 4 });
    assert.equal(done.status, "succeeded");
    assert.ok(done.pictures.length > 0 && done.pictures.length < 4);
  });

  test("all filtered: a failure in kind words", async () => {
    const { done } = await making({ kind: "nsfw", images: "all" }, { pictures: 2 });
    assert.equal(done.status, "failed");
    assert.equal(done.failure.code, "filtered_by_safety");
    assert.deepEqual(done.pictures, []);
    assert.doesNotMatch(done.failure.message, /NSFW/);
  });

  test("larger than 25 MiB: not stored", async () => {
    const { done } = await making({ kind: "oversize", bytes: 26 * 1024 * 1024 + 1 });
    assert.equal(done.status, "failed");
    assert.equal(done.failure.code, "pictures_lost");
  });

  test("one of three too large: the others are stored", async () => {
    const { done } = await making({ kind: "oversize", bytes: 26 * 1024 * 1024 + 1 }, { pictures: 3 });
    assert.equal(done.status, "succeeded");
    assert.equal(done.pictures.length, 2);
  });

  test("a wrong content type: the bytes decide", async () => {
    const { client, done } = await making(
      { kind: "content_type", value: "text/html" },
      { overrides: { output_format: "png" } },
    );
    assert.equal(done.status, "succeeded");
    const image = await client.get(`/api/images/${done.pictures[0].id}`);
    assert.equal(image.headers.get("content-type"), "image/png");
  });

  test("a redirect to another host: not followed", async () => {
    let asked = 0;
    const elsewhere = createServer((_, response) => {
      asked += 1;
      response.writeHead(200, { "content-type": "image/png" }).end(Buffer.from("89504e470d0a1a0a", "hex"));
    }).listen(0, "127.0.0.1");
    await once(elsewhere, "listening");
    try {
      const to = `http://127.0.0.1:${elsewhere.address().port}/picture.png`;
      const { done } = await making({ kind: "redirect", to }, { match: { times: null } });
      assert.equal(done.status, "failed");
      assert.equal(done.failure.code, "pictures_lost");
      assert.equal(asked, 0);
    } finally {
      elsewhere.close();
    }
  });

  test("unavailable for a moment, or cut off: fetched again", async () => {
    for (const action of [{ kind: "status", status: 503 }, { kind: "cut" }, { kind: "drop" }]) {
      const { done } = await making(action, { match: { endpoint: "output" } });
      assert.equal(done.status, "succeeded", action.kind);
      assert.equal(done.pictures.length, 1);
    }
  });

  test("already removed: pictures_lost", async () => {
    const { done } = await making({ kind: "expired" });
    assert.equal(done.status, "failed");
    assert.equal(done.failure.code, "pictures_lost");
  });
});
