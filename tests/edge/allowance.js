import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { studio } from "./studio.js";

/** An operator's POST with an `Idempotency-Key`. */
const post = async (path, json, key = randomUUID()) =>
  (await studio.operator()).post(path, json, { headers: { "idempotency-key": key } });
const change = (id, json, key) => post(`/api/operator/people/${id}/allowance`, json, key);
const inbox = async () => (await (await studio.operator()).get("/api/operator/inbox")).json.items;
const replayed = (answer) => answer.headers.get("idempotency-replayed");

/** Asserts that the second of two equal requests is answered with the first's answer. */
async function assertReplayed(path, json) {
  const key = randomUUID();
  const first = await post(path, json, key);
  assert.ok(first.status < 300, first.text);
  const second = await post(path, json, key);
  assert.equal(second.status, first.status, second.text);
  assert.deepEqual(second.json, first.json);
  assert.deepEqual([replayed(first), replayed(second)], [null, "true"]);
  return { key, first };
}

describe("the allowance", () => {
  test("is granted once for each key", async () => {
    const { id } = await studio.create({ allowance: 5 });
    const path = `/api/operator/people/${id}/allowance`;
    const { key } = await assertReplayed(path, { grant: 3 });
    assertError(await change(id, { grant: 4 }, key), 409, "idempotency_conflict");
    assertError(await (await studio.operator()).post(path, { grant: 3 }), 400, "idempotency_key_required");
    const client = await studio.signIn(id);
    assert.equal((await client.get("/api/me")).json.allowance.granted, 8);
    const twins = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => change(id, { grant: 2 }, twins)));
    for (const answer of answers) assert.equal(answer.status, 200, answer.text);
    assert.equal((await client.get("/api/me")).json.allowance.granted, 10);
    const audited = await (await studio.operator()).get(`/api/operator/audit?subject=${id}`);
    const details = audited.json.entries.filter(({ action }) => action === "change_allowance");
    assert.deepEqual(
      details.map(({ detail }) => detail),
      ["grant 2", "grant 3"],
    );
  });

  test("is shown to the operator with the person", async () => {
    const { id } = await studio.create({ name: "Shown", allowance: 5 });
    await change(id, { monthly: 7 });
    const shown = await (await studio.operator()).get(`/api/operator/people/${id}`);
    assert.equal(shown.status, 200, shown.text);
    assert.deepEqual([shown.json.person.id, shown.json.person.name], [id, "Shown"]);
    assert.equal(shown.json.allowance.allowance.granted, 7);
    assert.equal(shown.json.allowance.monthly.pictures, 7);
    const client = await studio.signIn(id);
    assertError(await client.get(`/api/operator/people/${id}`), 403, "forbidden");
    assertError(await (await studio.operator()).get("/api/operator/people/nobody-here"), 404, "not_found");
  });

  test("is set, lifted and renewed, and its history tells of it", async () => {
    const { id } = await studio.create({ allowance: 5 });
    const client = await studio.signIn(id);
    assert.equal((await change(id, { set: 2 })).json.allowance.granted, 2);
    const unlimited = await change(id, { set: "unlimited" });
    assert.equal(unlimited.json.allowance.granted ?? null, null, unlimited.text);
    const monthly = await change(id, { monthly: 4 });
    assert.equal(monthly.json.allowance.granted, 4);
    const month = new Date();
    assert.equal(
      monthly.json.monthly.renews_at,
      new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1)).toISOString(),
    );
    assert.equal((await change(id, { monthly: null })).json.monthly ?? null, null);
    const first = (await client.get("/api/me/allowance?limit=2")).json;
    assert.deepEqual(
      first.entries.map(({ kind, pictures, left, text }) => [kind, pictures, left, text]),
      [
        ["renew", 2, 4, "2 pictures added by your monthly renewal."],
        ["withdraw", 3, 2, "3 pictures taken off your allowance."],
      ],
    );
    const rest = (await client.get(`/api/me/allowance?cursor=${first.next_cursor}`)).json;
    assert.deepEqual(
      rest.entries.map(({ kind }) => kind),
      ["grant"],
    );
    for (const body of [{}, { grant: 1, set: 2 }, { grant: -1 }, { set: "lots" }, { set: null }, { give: 1 }, []]) {
      assertError(await change(id, body), 422);
    }
    assertError(await change(id, { grant: 1_000_001 }), 422, "out_of_range", "grant");
    assertError(await change("nobody-here", { grant: 1 }), 404, "not_found");
  });

  test("a person asks for more, and an answer closes it", async () => {
    const { id } = await studio.create({ allowance: 0 });
    const client = await studio.signIn(id);
    const ask = (note) => client.post("/api/me/allowance/request", { note });
    assertError(await ask(" "), 422, "invalid_value", "note");
    const asked = await ask("for the wedding");
    assert.equal(asked.status, 202, asked.text);
    assert.deepEqual((await ask("please")).json, asked.json);
    const mine = async () => (await inbox()).filter(({ person }) => person === id);
    assert.deepEqual(
      (await mine()).map(({ note }) => note),
      ["for the wedding"],
    );
    assert.deepEqual((await client.get("/api/me/allowance")).json.request, asked.json);
    await change(id, { grant: 5 });
    assert.deepEqual(await mine(), []);
    assert.equal((await client.get("/api/me/allowance")).json.request ?? null, null);
    await client.post("/api/me/allowance/request", {});
    const [second] = await mine();
    const operator = await studio.operator();
    assert.equal((await operator.delete(`/api/operator/inbox/${second.id}`)).status, 204);
    assertError(await operator.delete(`/api/operator/inbox/${second.id}`), 404, "not_found");
    assert.deepEqual(await mine(), []);
    assertError(await client.get("/api/operator/inbox"), 403, "forbidden");
  });
});

describe("an operator's request with a key", () => {
  test("creates, binds and links once", async () => {
    const { first: created } = await assertReplayed("/api/operator/people", { name: "Once", allowance: 5 });
    const { id } = created.json;
    const weights = "studio/once-only";
    const binding = await studio.binding("cleo-flux-dev-lora", { weights });
    await assertReplayed(`/api/operator/people/${id}/models`, binding);
    const { first: link } = await assertReplayed(`/api/operator/people/${id}/link`, {});
    const token = new URL(link.json.url).hash.slice(1);
    assert.equal((await studio.anonymous().signIn(token)).status, 200);
  });
});
