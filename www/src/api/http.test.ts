import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "./error";
import { dropRequests, request } from "./http";

const answering = (answer: () => Promise<Response> | Response) => {
  globalThis.fetch = async (_, init) => {
    init?.signal?.throwIfAborted();
    return answer();
  };
};

test("an answer that is cut off tells nothing of its outcome", async () => {
  answering(() => new Response('{"id": "gen_1", "sta', { status: 202 }));
  await assert.rejects(
    request("POST", "/api/generations", { body: {} }),
    (error) => error instanceof ApiError && error.outcomeUnknown,
  );
});

test("an answer without content is none", async () => {
  answering(() => new Response(null, { status: 204 }));
  assert.equal(await request("DELETE", "/api/pictures/pic_1"), null);
});

test("what is dropped fails, and what is asked later does not", async () => {
  globalThis.fetch = (_, init) =>
    new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
  const under = request("GET", "/api/models");
  dropRequests();
  await assert.rejects(under, ApiError);
  answering(() => Response.json({ models: [] }));
  assert.deepEqual(await request("GET", "/api/models"), { models: [] });
});
