import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Browser } from "../harness/browser.js";
import { assertError } from "../harness/client.js";
import { Events } from "../harness/socket.js";
import { link } from "../harness/tokens.js";
import { person, studio } from "./studio.js";

const browser = async (id) => {
  const client = new Browser(studio.origin);
  const answer = await client.signIn(link(id));
  assert.equal(answer.status, 200, answer.text);
  return client;
};

const signIns = async (client) => {
  const answer = await client.get("/api/sign-ins");
  assert.equal(answer.status, 200, answer.text);
  return answer.json.sign_ins;
};

describe("sign-ins", () => {
  test("are listed with browser and network, and one can be ended", async () => {
    const { id } = await studio.create();
    const here = await browser(id);
    const there = await browser(id);
    const events = await Events.open(there);
    const [theirs, mine] = await signIns(here);
    assert.equal(mine.current, true);
    assert.equal(theirs.current, false);
    assert.equal(theirs.browser, "Firefox on Linux");
    assert.equal(theirs.network, `${there.address.replace(/\d+$/, "0")}/24`);
    assert.ok(Date.parse(theirs.expires_at) - Date.now() < 14 * 86_400_000 + 1000);

    assert.equal((await here.delete(`/api/sign-ins/${theirs.id}`)).status, 204);
    await events.ended();
    assertError(await there.get("/api/me"), 401, "unauthenticated");
    assertError(await here.delete(`/api/sign-ins/${theirs.id}`), 404, "not_found");
    assert.deepEqual(
      (await signIns(here)).map((session) => session.id),
      [mine.id],
    );
  });

  test("of other people are not found", async () => {
    const { id } = await studio.create();
    const { client: other } = await person("session");
    const mine = await browser(id);
    const [{ id: session }] = await signIns(mine);
    for (const unknown of [session, `ses_${"0".repeat(26)}`, "nonsense"])
      assertError(await other.delete(`/api/sign-ins/${unknown}`), 404, "not_found");
    assert.equal((await mine.get("/api/me")).status, 200);
  });

  test("all others can be ended at once, and one's own by its id", async () => {
    const { id } = await studio.create();
    const [mine, ...others] = [await browser(id), await browser(id), await browser(id)];
    assert.equal((await mine.delete("/api/sign-ins")).status, 204);
    for (const other of others) assertError(await other.get("/api/me"), 401, "unauthenticated");
    const [{ id: own }] = await signIns(mine);
    const ended = await mine.delete(`/api/sign-ins/${own}`);
    assert.equal(ended.status, 204, ended.text);
    assert.match(ended.headers.getSetCookie()[0], /^selfsame-dev=; Max-Age=0/);
    assertError(await mine.get("/api/me"), 401, "unauthenticated");
  });

  test("a lost response costs nobody their link", async () => {
    const { id } = await studio.create();
    const client = new Browser(studio.origin);
    const token = link(id);
    assert.equal((await client.signIn(token)).status, 200);
    const [{ id: first }] = await signIns(client);
    client.loseSession();
    assert.equal((await client.signIn(token)).status, 200);
    const [{ id: again }, ...rest] = await signIns(client);
    assert.equal(again, first);
    assert.deepEqual(rest, []);
    assertError(await new Browser(studio.origin).signIn(token), 401, "link_used");
  });

  test("the sign-in page gives a browser its cookie once", async () => {
    const client = new Browser(studio.origin);
    const [cookie] = (await client.get("/sign-in")).headers.getSetCookie();
    assert.match(cookie, /^selfsame-dev-browser=[0-9a-f]{32}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.deepEqual((await client.get("/sign-in")).headers.getSetCookie(), []);
    assert.deepEqual((await new Browser(studio.origin).get("/gallery")).headers.getSetCookie(), []);
  });

  test("a new sign-in replaces the session of the same browser, whoever's it was", async () => {
    const [ada, ben] = [await studio.create(), await studio.create()];
    const client = await browser(ada.id);
    const events = await Events.open(client);
    const first = client.cookie;
    await client.signIn(link(ada.id));
    await events.ended();
    assert.equal((await signIns(client)).length, 1);
    assertError(await studio.anonymous().get("/api/me", { headers: { cookie: first } }), 401, "unauthenticated");

    const second = client.cookie;
    const socket = await Events.open(client);
    await client.signIn(link(ben.id));
    assert.equal((await client.get("/api/me")).json.id, ben.id);
    await socket.ended();
    assertError(await studio.anonymous().get("/api/me", { headers: { cookie: second } }), 401, "unauthenticated");
  });

  test("the person is told of a new one, also by an operator's link, and dismisses it", async () => {
    const { id } = await studio.create();
    const client = await browser(id);
    const events = await Events.open(client);
    assert.deepEqual((await client.get("/api/me")).json.notices, []);
    await studio.signIn(id);
    const { entry } = await events.next("the notice", ({ type }) => type === "notice");
    assert.equal(entry.action, "signed_in");
    assert.deepEqual((await client.get("/api/me")).json.notices, [entry]);
    assert.equal((await client.delete("/api/me/notices")).status, 204);
    assert.deepEqual((await client.get("/api/me")).json.notices, []);
    events.close();
  });

  test("each person reads their own access log, page by page", async () => {
    const { id } = await studio.create();
    const client = await studio.signIn(id);
    const log = await client.get("/api/me/access-log");
    assert.deepEqual(
      log.json.entries.map(({ actor, operator, action }) => [actor, operator, action]),
      [
        ["person", null, "signed_in"],
        ["operator", "studio", "link_minted"],
        ["operator", "studio", "studio_opened"],
      ],
    );
    for (const { request } of log.json.entries) assert.match(request, /^req_[0-9a-z]{26}$/);
    const first = await client.get("/api/me/access-log?limit=2");
    const rest = await client.get(`/api/me/access-log?limit=2&cursor=${first.json.next_cursor}`);
    assert.deepEqual([...first.json.entries, ...rest.json.entries], log.json.entries);
    assert.equal(rest.json.next_cursor, null);
    assertError(await client.get("/api/me/access-log?cursor=x"), 400, "invalid_query", "cursor");
  });

  test("sign-ins are limited for each address", async () => {
    const client = studio.anonymous();
    const answers = [];
    // The minute may end in the middle, which begins a new count.
    for (let n = 0; n < 65 && answers.at(-1)?.status !== 429; n += 1) answers.push(await client.signIn("nonsense"));
    assert.ok(answers.length > 30, String(answers.length));
    const limited = answers.at(-1);
    assertError(limited, 429, "rate_limited");
    assert.equal(limited.headers.get("retry-after"), "60");
    assert.match(limited.json.error.message, /60 seconds/);
    assertError(await studio.anonymous().signIn("nonsense"), 401, "link_invalid");
  });
});
