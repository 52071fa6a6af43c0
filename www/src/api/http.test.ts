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

test("the outcome of a response that is cut off is unknown", async () => {
  answering(() => new Response('{"id": "gen_1", "sta', { status: 202 }));
  await assert.rejects(
    request("POST", "/api/generations", { body: {} }),
    (error) => error instanceof ApiError && error.outcomeUnknown,
  );
});

test("a response without content gives null", async () => {
  answering(() => new Response(null, { status: 204 }));
  assert.equal(await request("DELETE", "/api/pictures/pic_1"), null);
});

test("dropping fails the requests under way and no later ones", async () => {
  globalThis.fetch = (_, init) =>
    new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
  const under = request("GET", "/api/models");
  dropRequests();
  await assert.rejects(under, ApiError);
  answering(() => Response.json({ models: [] }));
  assert.deepEqual(await request("GET", "/api/models"), { models: [] });
});

test("an answer that is only a status has no body", async () => {
  answering(() => new Response(null, { status: 202 }));
  assert.equal(await request("POST", "/api/sign-in-links", { body: {} }), null);
});
