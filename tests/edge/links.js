import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { link } from "../harness/tokens.js";
import { person, studio } from "./studio.js";

const minted = async (id) => {
  const answer = await (await studio.operator()).post(`/api/operator/people/${id}/link`, {});
  assert.equal(answer.status, 200, answer.text);
  return new URL(answer.json.url).hash.slice(1);
};

describe("links", () => {
  test("are ended by revoking them, and sessions are not", async () => {
    const operator = await studio.operator();
    const { id } = await studio.create();
    const client = await studio.signIn(id);
    const tokens = [await minted(id), link(id), link(id, { minted: Date.now() })];
    const revoked = await operator.post(`/api/operator/people/${id}/revoke-links`, {});
    assert.equal(revoked.status, 200, revoked.text);
    for (const token of tokens) assertError(await studio.anonymous().signIn(token), 401, "link_expired");
    assert.equal((await client.get("/api/me")).status, 200);
    assert.equal((await studio.anonymous().signIn(await minted(id))).status, 200);
    assert.equal((await studio.anonymous().signIn(link(id, { minted: Date.now() + 1 }))).status, 200);
    assertError(await operator.post("/api/operator/people/nobody-here/revoke-links", {}), 404, "not_found");
  });

  test("are ended by suspending", async () => {
    const operator = await studio.operator();
    const { id } = await studio.create();
    const tokens = [await minted(id), link(id)];
    await operator.post(`/api/operator/people/${id}/suspend`, {});
    await operator.post(`/api/operator/people/${id}/reinstate`, {});
    for (const token of tokens) assertError(await studio.anonymous().signIn(token), 401, "link_expired");
  });

  test("to an operator need a second operator", async () => {
    const first = await studio.operator();
    const second = studio.anonymous();
    await second.signIn(link("second-operator", { role: "operator" }));
    const asked = await first.post("/api/operator/people/second-operator/link", { minutes: 5 });
    assert.equal(asked.status, 202, asked.text);
    assert.equal(asked.json.requested_by, "studio");
    assert.equal(asked.json.url, undefined);
    const path = `/api/operator/link-requests/${asked.json.id}`;
    assertError(await first.post(`${path}/approve`, {}), 403, "forbidden");
    // A second request for the same operator is the first one.
    const repeated = await second.post("/api/operator/people/second-operator/link", { minutes: 500 });
    assert.deepEqual(repeated.json, asked.json);
    assert.deepEqual((await second.get("/api/operator/link-requests")).json.requests, [asked.json]);

    const approvals = await Promise.all(Array.from({ length: 5 }, () => second.post(`${path}/approve`, {})));
    const [approved, ...more] = approvals.filter(({ status }) => status === 200);
    assert.deepEqual(more, []);
    for (const late of approvals.filter((answer) => answer !== approved)) assertError(late, 404, "not_found");
    const client = studio.anonymous();
    await client.signIn(new URL(approved.json.url).hash.slice(1));
    assert.equal((await client.get("/api/me")).json.id, "second-operator");
    assert.deepEqual((await first.get("/api/operator/link-requests")).json.requests, []);

    const declined = await first.post("/api/operator/people/studio/link", {});
    const request = `/api/operator/link-requests/${declined.json.id}`;
    assert.equal((await second.delete(request)).status, 204);
    assertError(await second.post(`${request}/approve`, {}), 404, "not_found");
    assertError(await second.delete(request), 404, "not_found");
  });

  test("of operators are none of a person's business", async () => {
    const { client } = await person("session");
    for (const [method, path] of [
      ["GET", "/api/operator/link-requests"],
      ["POST", `/api/operator/link-requests/lnk_${"0".repeat(26)}/approve`],
      ["DELETE", `/api/operator/link-requests/lnk_${"0".repeat(26)}`],
      ["POST", "/api/operator/people/studio/revoke-links"],
      ["PUT", "/api/operator/people/studio/email"],
      ["GET", "/api/operator/audit"],
    ]) {
      const body = ["GET", "DELETE"].includes(method) ? {} : { json: { email: null } };
      assertError(await client.request(method, path, body), 403, "forbidden");
      assertError(await studio.anonymous().request(method, path, body), 401, "unauthenticated");
    }
  });
});

describe("the audit log", () => {
  test("says who did what to whom, newest first, page by page", async () => {
    const operator = await studio.operator();
    const { id } = await studio.create();
    await minted(id);
    await operator.post(`/api/operator/people/${id}/suspend`, {});
    await operator.post(`/api/operator/people/${id}/suspend`, {});
    await operator.post(`/api/operator/people/${id}/reinstate`, {});
    const log = await operator.get(`/api/operator/audit?subject=${id}`);
    assert.equal(log.status, 200, log.text);
    assert.deepEqual(
      log.json.entries.map(({ operator, action, subject }) => [operator, action, subject]),
      ["reinstate", "suspend", "mint_link", "create_person"].map((action) => ["studio", action, id]),
    );
    for (const { at } of log.json.entries) assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000, at);

    const seen = [];
    let cursor = "";
    do {
      const page = await operator.get(`/api/operator/audit?subject=${id}&limit=1${cursor && `&cursor=${cursor}`}`);
      assert.ok(page.json.entries.length <= 1);
      seen.push(...page.json.entries);
      cursor = page.json.next_cursor;
    } while (cursor);
    assert.deepEqual(seen, log.json.entries);
    assert.ok((await operator.get("/api/operator/audit?limit=100")).json.entries.length >= 4);
    for (const query of ["?limit=0", "?cursor=x", "?subject=A", "?who=x"])
      assertError(await operator.get(`/api/operator/audit${query}`), 400, "invalid_query");
  });

  test("has no entry for what was refused", async () => {
    const operator = await studio.operator();
    const { id } = await studio.create();
    await operator.post("/api/operator/people", { id, name: "Again", allowance: "unlimited" });
    const log = await operator.get(`/api/operator/audit?subject=${id}`);
    assert.deepEqual(
      log.json.entries.map(({ action }) => action),
      ["create_person"],
    );
  });
});
