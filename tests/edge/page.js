import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { studio } from "./studio.js";

describe("the page", () => {
  test("is served at each of its addresses with security headers", async () => {
    const client = studio.anonymous();
    for (const path of ["/", "/sign-in", "/gallery", "/no/such/page"]) {
      const answer = await client.get(path);
      assert.equal(answer.status, 200, path);
      assert.match(answer.headers.get("content-type"), /^text\/html/, path);
      assert.match(answer.text, /<div id="app">/, path);
    }
  });

  test("loads assets from its own origin only, cached as immutable", async () => {
    const client = studio.anonymous();
    const { text } = await client.get("/");
    const assets = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
    assert.ok(assets.length >= 2, text);
    for (const path of assets) {
      const answer = await client.get(path);
      assert.equal(answer.status, 200, path);
      assert.match(answer.headers.get("cache-control"), /immutable/, path);
    }
    assert.doesNotMatch(text, /(?:src|href)="(?:https?:)?\/\//, "something comes from another host");
  });

  test("a missing file is a 404 that is not cached", async () => {
    for (const path of ["/assets/main-00000000.js", "/assets/nothing", "/favicon.ico", "/a/b.png"]) {
      const answer = await studio.anonymous().get(path);
      assertError(answer, 404, "not_found");
      assert.equal(answer.headers.get("cache-control"), "no-store", path);
    }
  });

  test("an unknown API path is a JSON 404", async () => {
    for (const path of [
      "/api/",
      "/api/nothing",
      "/api/generations/x/y/z",
      "/hooks/",
      "/hooks/replicate/a/b",
      "/v1/models",
      "/V1/chat/completions",
      "/mcp",
      "/API/me",
      "/%61pi/me",
      "/api%2fme",
      "/api%2Fme",
      "//api/me",
    ]) {
      assertError(await studio.anonymous().get(path), 404, "not_found");
    }
  });
});
