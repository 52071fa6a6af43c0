import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { Events } from "../harness/socket.js";
import { person } from "./studio.js";

const once = (key) => ({ headers: { "idempotency-key": key } });
const turn = { by: "person", said: "a straw hat", edits: [{ set: "wardrobe" }], reply: "A straw hat." };

describe("conversations", () => {
  test("are the same in two windows, with what was said and a draft", async () => {
    const { client } = await person("talk");
    const events = await Events.open(client);
    const begun = await client.post("/api/sessions", { title: "Lisbon" }, once("a"));
    assert.equal(begun.status, 201, begun.text);
    const { id } = begun.json;
    assert.match(id, /^cnv_/);
    assert.deepEqual((await client.post("/api/sessions", { title: "Lisbon" }, once("a"))).json.id, id);
    const said = await client.post(`/api/sessions/${id}/turns`, turn, once("t"));
    assert.equal(said.status, 201, said.text);
    assert.equal(said.json.said, "a straw hat");
    const change = (body) => client.request("PATCH", `/api/sessions/${id}`, { json: body });
    const first = await change({ draft: { base: 0, content: { text: "mine" } }, pinned: true });
    assert.equal(first.status, 200, first.text);
    const stale = await change({ draft: { base: 0, content: { text: "theirs" } } });
    assert.equal(stale.status, 409, stale.text);
    const { code, field } = stale.json.error;
    assert.deepEqual([code, field], ["draft_conflict", "draft.base"]);
    assert.deepEqual(stale.json.draft, { version: 1, content: { text: "mine" } });

    const shown = (await client.get(`/api/sessions/${id}`)).json;
    assert.deepEqual(shown.session, first.json);
    assert.deepEqual(shown.draft.content, { text: "mine" });
    assert.deepEqual(shown.turns, [said.json]);
    const told = await events.next("the draft", (m) => m.type === "session" && m.session.draft_version === 1);
    assert.deepEqual(told.session, first.json);
    events.close();

    const found = async (q) => (await client.get(`/api/sessions?q=${encodeURIComponent(q)}`)).json.sessions;
    assert.deepEqual(await found("STRAW"), [first.json]);
    assert.deepEqual(await found("felt"), []);
    assertError(await client.get("/api/sessions?q=a&q=b"), 400, "invalid_query");
  });

  test("are deleted, and can be restored", async () => {
    const { client } = await person("talk");
    const { id } = (await client.post("/api/sessions", { title: "Lisbon" }, once("b"))).json;
    assert.equal((await client.delete(`/api/sessions/${id}`)).status, 204);
    assertError(await client.get(`/api/sessions/${id}`), 404, "not_found");
    const listed = (await client.get("/api/sessions")).json.sessions;
    assert.ok(listed.every((one) => one.id !== id));
    const restored = await client.post(`/api/sessions/${id}/restore`);
    assert.equal(restored.status, 200, restored.text);
    assert.equal((await client.get(`/api/sessions/${id}`)).json.session.title, "Lisbon");

    await client.delete(`/api/sessions/${id}`);
    const [entry] = (await client.get("/api/bin")).json.entries;
    assert.deepEqual([entry.id, entry.session.title], [id, "Lisbon"]);
    assert.equal((await client.post(`/api/bin/${id}/restore`)).status, 204);
    assert.equal((await client.get(`/api/sessions/${id}`)).status, 200);
  });

  test("refuse what is too long, unknown or without a key", async () => {
    const { client, model } = await person("talk");
    const { id } = (await client.post("/api/sessions", { title: "Lisbon" }, once("c"))).json;
    const say = (body, key = "u") => client.post(`/api/sessions/${id}/turns`, body, once(key));
    assertError(await say({ ...turn, said: "a".repeat(4001) }), 422, "invalid_value", "said");
    assertError(await say({ ...turn, mood: "calm" }), 422, "unknown_field", "mood");
    assertError(await client.post(`/api/sessions/${id}/turns`, turn), 400, "idempotency_key_required");
    assertError(await client.post("/api/sessions", { title: "" }, once("d")), 422, "invalid_value", "title");
    assertError(await say({ ...turn, generation: `gen_${"0".repeat(26)}` }), 404, "not_found");
    for (const session of [`cnv_${"0".repeat(26)}`, "Lisbon"]) {
      const request = { model, text: "a straw hat", session };
      assertError(await client.post("/api/generations", request, once("e")), 404, "not_found");
    }
  });
});
