import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { Events } from "../harness/socket.js";
import { link } from "../harness/tokens.js";
import { person, studio, unique } from "./studio.js";

describe("the operator", () => {
  test("creates people with a given or a generated id", async () => {
    const operator = await studio.operator();
    const named = await operator.post("/api/operator/people", { id: "op-made-1", name: "Zoë", allowance: 5 });
    assert.equal(named.status, 201, named.text);
    assert.equal(named.json.id, "op-made-1");
    assert.equal(named.json.status, "active");
    assert.deepEqual(named.json.models, []);
    const made = await operator.post("/api/operator/people", { name: "Made", allowance: "unlimited" });
    assert.match(made.json.id, /^[a-z0-9][a-z0-9_-]{2,39}$/);
    assertError(
      await operator.post("/api/operator/people", { id: "op-made-1", name: "Again", allowance: 5 }),
      409,
      "person_exists",
    );
    const client = await studio.signIn("op-made-1");
    const me = await client.get("/api/me");
    assert.equal(me.json.name, "Zoë");
    assert.deepEqual(me.json.allowance, { granted: 5, used: 0, reserved: 0 });
  });

  test("lists everybody, page by page", async () => {
    const operator = await studio.operator();
    for (let n = 0; n < 3; n += 1) await studio.create({ name: `Listed ${n}` });
    const seen = [];
    let cursor = "";
    do {
      const page = await operator.get(
        `/api/operator/people?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      assert.equal(page.status, 200, page.text);
      assert.ok(page.json.people.length <= 2);
      seen.push(...page.json.people.map(({ id }) => id));
      cursor = page.json.next_cursor;
    } while (cursor);
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(seen, [...seen].sort());
    assert.ok(seen.includes("op-made-1"));
  });

  test("mints links with the requested expiry", async () => {
    const operator = await studio.operator();
    const { id } = await studio.create();
    const minted = await operator.post(`/api/operator/people/${id}/link`, { minutes: 5 });
    assert.equal(minted.status, 200, minted.text);
    assert.ok(minted.json.url.startsWith(`${studio.origin}/sign-in#`), minted.json.url);
    const minutes = (Date.parse(minted.json.expires_at) - Date.now()) / 60_000;
    assert.ok(minutes > 4.5 && minutes <= 5, String(minutes));
    assertError(await operator.post("/api/operator/people/nobody-here/link", {}), 404, "not_found");
    for (const [body, field] of [
      [{ minutes: 0 }, "minutes"],
      [{ minutes: 10_081 }, "minutes"],
      [{ hours: 1 }, "hours"],
    ]) {
      assertError(await operator.post(`/api/operator/people/${id}/link`, body), 422, undefined, field);
    }
  });

  test("suspends at once in sessions, sockets and links, and reinstates", async () => {
    const operator = await studio.operator();
    const subject = await studio.create({ name: "Suspended" });
    const client = await studio.signIn(subject.id);
    const events = await Events.open(client);
    const suspended = await operator.post(`/api/operator/people/${subject.id}/suspend`, {});
    assert.equal(suspended.status, 200, suspended.text);
    assert.equal(suspended.json.status, "suspended");
    for (const path of ["/api/me", "/api/models", "/api/generations"]) {
      assertError(await client.get(path), 403, "suspended");
    }
    await events.ended();
    assertError(await operator.post(`/api/operator/people/${subject.id}/link`, {}), 403, "suspended");
    const earlier = link(subject.id);
    assertError(await studio.anonymous().signIn(earlier), 403, "suspended");
    const listed = await operator.get("/api/operator/people?limit=100");
    assert.equal(listed.json.people.find(({ id }) => id === subject.id).status, "suspended");
    const back = await operator.post(`/api/operator/people/${subject.id}/reinstate`, {});
    assert.equal(back.json.status, "active", back.text);
    assert.equal((await (await studio.signIn(subject.id)).get("/api/me")).status, 200);
  });

  test("has no studio, and a person has no operator routes", async () => {
    const operator = await studio.operator();
    const { client, id } = await person("session");
    for (const [method, path] of [
      ["GET", "/api/operator/people"],
      ["POST", "/api/operator/people"],
      ["POST", `/api/operator/people/${id}/link`],
      ["POST", `/api/operator/people/${id}/models`],
      ["POST", `/api/operator/people/${id}/suspend`],
      ["POST", `/api/operator/people/${id}/reinstate`],
    ]) {
      const body = method === "POST" ? { json: {} } : {};
      assertError(await client.request(method, path, body), 403, "forbidden");
      assertError(await studio.anonymous().request(method, path, body), 401, "unauthenticated");
    }
    assert.equal((await operator.get("/api/me")).json.role, "operator");
    assert.deepEqual((await operator.get("/api/generations")).json.generations, []);
  });

  test("sees no picture and no prompt", async () => {
    const { client, model } = await person("maker");
    const text = unique("a secret garden");
    const made = await client.ask({ model, text, overrides: { steps: 4 } });
    const done = await client.finished(made.id);
    assert.equal(done.status, "succeeded");
    const operator = await studio.operator();
    const listed = await operator.get("/api/operator/people?limit=100");
    for (const secret of ["secret garden", done.id, done.pictures[0].id])
      assert.ok(!listed.text.includes(secret), secret);
    for (const path of [`/api/generations/${done.id}`, `/api/images/${done.pictures[0].id}`]) {
      assertError(await operator.get(path), 404, "not_found");
    }
  });
});
