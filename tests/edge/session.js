import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { assertError, Client } from "../harness/client.js";
import { root, xtaskProgram } from "../harness/place.js";
import { link, mint, nonce } from "../harness/tokens.js";
import { SIGNING_KEY } from "../harness/worker.js";
import { person, studio } from "./studio.js";

describe("signing in", () => {
  test("a link works once and sets the development cookie", async () => {
    const { id } = await studio.create({ name: "Once" });
    const token = link(id);
    const client = studio.anonymous();
    const answer = await client.signIn(token);
    assert.equal(answer.status, 200, answer.text);
    const [cookie] = answer.headers.getSetCookie();
    assert.match(cookie, /^selfsame-dev=[^;]+; /);
    assert.match(cookie, /HttpOnly/);
    assert.match(cookie, /SameSite=Lax/);
    assert.match(cookie, /Path=\//);
    assert.doesNotMatch(cookie, /Secure|Domain/);
    const me = await client.get("/api/me");
    assert.equal(me.json.id, id);
    assert.equal(me.json.name, "Once");
    assert.equal(me.json.role, "person");
    assert.ok(Date.parse(me.json.session_expires_at) > Date.now() + 29 * 86_400_000);

    const replay = await studio.anonymous().signIn(token);
    assertError(replay, 401, "link_used");
    assert.deepEqual(replay.headers.getSetCookie(), []);
  });

  test("one of ten concurrent uses of a link succeeds", async () => {
    const { id } = await studio.create();
    const token = link(id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => studio.anonymous().signIn(token)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    for (const answer of answers.filter(({ status }) => status !== 200)) assertError(answer, 401, "link_used");
  });

  test("forged, truncated, expired and foreign links are refused", async () => {
    const { id } = await studio.create();
    const good = link(id);
    const [claims, signature] = good.split(".");
    const other = Buffer.from(claims, "base64url").toString().replace(id, "studio");
    const table = {
      "another key": [link(id, { key: "x".repeat(40) }), "link_invalid"],
      expired: [link(id, { minutes: -1 }), "link_expired"],
      "another user's claims": [`${Buffer.from(other).toString("base64url")}.${signature}`, "link_invalid"],
      "no signature": [`${claims}.`, "link_invalid"],
      "half a signature": [good.slice(0, -8), "link_invalid"],
      "a session's": [link(id, { kind: "selfsame.session.v1" }), "link_invalid"],
      "nobody we know": [link("nobody-at-all"), "link_invalid"],
      empty: ["", "link_invalid"],
      text: ["not a token", "link_invalid"],
      "very long": ["a".repeat(5000), "link_invalid"],
      "strange bytes": ["é🙂.\u0000", "link_invalid"],
    };
    for (const [what, [token, code]] of Object.entries(table)) {
      const client = studio.anonymous();
      const answer = await client.signIn(token);
      assertError(answer, 401, code);
      assert.equal(client.cookie, "", what);
    }
    assert.equal((await studio.anonymous().signIn(good)).status, 200, "the good one still works");
  });

  test("forged, expired and unknown sessions are refused", async () => {
    const { client, id } = await person("session");
    const [, value] = client.cookie.split("=");
    const [claims, signature] = value.split(".");
    const read = JSON.parse(Buffer.from(claims, "base64url").toString());
    const forge = (changes, key) => mint("selfsame.session.v1", { ...read, ...changes }, key);
    const tokens = {
      "another key": forge({}, "y".repeat(40)),
      expired: forge({ expires: Date.now() - 1000 }),
      "an operator's claims": `${Buffer.from(JSON.stringify({ ...read, role: "operator" })).toString("base64url")}.${signature}`,
      "a link": link(id),
      "a session nobody opened": forge({ session: `ses_${"0".repeat(26)}` }),
      nonsense: "nonsense",
    };
    for (const [what, token] of Object.entries(tokens)) {
      const stranger = new Client(studio.origin);
      stranger.cookie = `selfsame-dev=${token}`;
      for (const path of ["/api/me", "/api/models", "/api/generations"]) {
        const answer = await stranger.get(path);
        assert.equal(answer.status, 401, `${what}: ${answer.text}`);
        assertError(answer, 401, "unauthenticated");
      }
    }
    assert.equal((await client.get("/api/me")).status, 200);
  });

  test("a client that names a caller itself gains nothing", async () => {
    const ada = await person("session");
    const ben = await person("session");
    const [claims] = ada.client.cookie.split("=")[1].split(".");
    const session = JSON.parse(Buffer.from(claims, "base64url").toString());
    const caller = JSON.stringify({ request: `req_${"0".repeat(26)}`, session });
    for (const headers of [{ "x-selfsame-caller": caller }, { "X-Selfsame-Caller": `${caller}, ${caller}` }]) {
      assertError(await studio.anonymous().get("/api/me", { headers }), 401, "unauthenticated");
      const me = await ben.client.get("/api/me", { headers });
      assert.equal(me.json.id, ben.id, me.text);
      assert.notEqual(me.headers.get("x-request-id"), `req_${"0".repeat(26)}`);
    }
    const json = { session, request: {} };
    for (const path of ["/calls/suspend-person", "/calls/locate-picture", "/api/calls/suspend-person"]) {
      assertError(await ben.client.post(path, json), 404, "not_found");
    }
    assert.equal((await ben.client.get("/api/me")).status, 200);
  });

  test("signing out ends this session only", async () => {
    const { id, client: other } = await person("session");
    const client = await studio.signIn(id);
    const before = client.cookie;
    const out = await client.delete("/api/session");
    assert.equal(out.status, 204, out.text);
    assert.match(out.headers.getSetCookie()[0], /Max-Age=0/);
    assert.equal(out.headers.get("clear-site-data"), '"cache", "storage"');
    client.cookie = before;
    assertError(await client.get("/api/me"), 401, "unauthenticated");
    assert.equal((await other.get("/api/me")).status, 200);
  });

  test("`cargo xtask sign-in` mints valid links", async () => {
    const { id } = await studio.create();
    for (const [user, extra, role] of [
      [id, [], "person"],
      ["studio", ["--operator"], "operator"],
    ]) {
      const run = spawnSync(xtaskProgram(), ["sign-in", "--user", user, "--url", `${studio.origin}/`, ...extra], {
        cwd: root,
        env: { ...process.env, SIGNING_KEY },
        encoding: "utf8",
      });
      assert.equal(run.status, 0, run.stderr);
      const url = new URL(run.stdout.trim());
      assert.equal(url.origin + url.pathname, `${studio.origin}/sign-in`);
      const client = studio.anonymous();
      await client.signIn(url.hash.slice(1));
      const me = await client.get("/api/me");
      assert.deepEqual([me.json.id, me.json.role], [user, role]);
    }
  });

  test("two links that differ only in their nonce both work", async () => {
    const { id } = await studio.create();
    const expires = Date.now() + 60_000;
    for (const token of [link(id, { expires, nonce: nonce() }), link(id, { expires, nonce: nonce() })]) {
      assert.equal((await studio.anonymous().signIn(token)).status, 200);
    }
  });
});
