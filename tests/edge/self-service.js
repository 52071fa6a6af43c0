// Links by e-mail, in a Worker with the binding; the platform's local simulation writes each message to a file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Client as AnyClient, assertError } from "../harness/client.js";
import { link } from "../harness/tokens.js";
import { sleep, until } from "../harness/until.js";
import { Worker } from "../harness/worker.js";
import { studio } from "./studio.js";

const PATH = "/api/sign-in-links";
const PUBLIC_URL = "https://studio.example";

/** A client on the studio's public page. */
class Client extends AnyClient {
  constructor(origin) {
    super(origin, PUBLIC_URL);
  }
}

describe("links by e-mail", () => {
  let worker;
  let operator;
  before(async () => {
    worker = await Worker.start({ EMAIL_FROM: "studio@studio.example", PUBLIC_URL });
    operator = new Client(worker.origin);
    await operator.signIn(link("studio", { role: "operator" }));
    for (const id of ["ada", "ben", "cleo"])
      await operator.post("/api/operator/people", { id, name: id, allowance: "unlimited" });
  });
  after(() => worker?.stop());

  const setEmail = (id, email) => operator.request("PUT", `/api/operator/people/${id}/email`, { json: { email } });
  const ask = (email) => new Client(worker.origin).post(PATH, { email });
  /** The files of the messages that were sent. */
  const sent = () => [...worker.server.log.matchAll(/Text: (\S+)/g)].map(([, path]) => path);

  test("reach the person, and the answer says nothing", async () => {
    const set = await setEmail("ada", " Ada@Example.COM ");
    assert.deepEqual(set.json, { email: "ada@example.com" });
    const before = sent().length;
    const [known, unknown] = [await ask("ADA@example.com"), await ask("nobody@example.com")];
    for (const answer of [known, unknown]) {
      assert.equal(answer.status, 202, answer.text);
      assert.equal(answer.text, "");
    }
    assert.deepEqual(
      [...known.headers.keys()].filter((name) => name !== "date"),
      [...unknown.headers.keys()].filter((name) => name !== "date"),
    );
    await until("the message", () => sent().length > before, { seconds: 10 });
    const [path, ...more] = sent().slice(before);
    assert.deepEqual(more, []);
    const text = readFileSync(path, "utf8");
    const [, token] = /https:\/\/studio\.example\/sign-in#(\S+)/.exec(text);
    const client = new Client(worker.origin);
    assert.equal((await client.signIn(token)).status, 200);
    assert.equal((await client.get("/api/me")).json.id, "ada");
    const [, made] = (await client.get("/api/me/access-log")).json.entries;
    assert.deepEqual([made.actor, made.action], ["system", "link_minted"]);
    const [audit] = (await operator.get("/api/operator/audit?subject=ada")).json.entries;
    assert.deepEqual([audit.operator, audit.action], ["(self-service)", "mint_link"]);

    // One address gets one message in five minutes.
    assert.equal((await ask("ada@example.com")).status, 202);
    await sleep(1000);
    assert.equal(sent().length, before + 1);
  });

  test("go to nobody who is suspended or an operator", async () => {
    await setEmail("ben", "ben@example.com");
    await setEmail("studio", "studio@example.com");
    await operator.post("/api/operator/people/ben/suspend", {});
    const before = sent().length;
    for (const email of ["ben@example.com", "studio@example.com"]) assert.equal((await ask(email)).status, 202);
    await sleep(1000);
    assert.equal(sent().length, before);
  });

  test("an address belongs to one person, can be changed and taken away", async () => {
    assert.equal((await setEmail("cleo", "cleo@example.com")).status, 200);
    assert.equal((await setEmail("cleo", "cleo@example.com")).status, 200);
    assertError(await setEmail("ben", "Cleo@example.com"), 409, "person_exists", "email");
    assert.equal((await setEmail("cleo", "cleo@example.org")).status, 200);
    assert.equal((await setEmail("ben", "cleo@example.com")).status, 200);
    assert.equal((await setEmail("ben", null)).status, 200);
    assert.equal((await setEmail("cleo", "cleo@example.com")).status, 200);
    assertError(await setEmail("cleo", "not an address"), 422, "invalid_value", "email");
    assertError(await setEmail("nobody", "x@example.com"), 404, "not_found");
  });

  test("the address is shown to its person, who can remove it, and whoever changes it is in their access log", async () => {
    const minted = await operator.post("/api/operator/people/ada/link", {});
    const ada = new Client(worker.origin);
    await ada.signIn(new URL(minted.json.url).hash.slice(1));
    assert.equal((await setEmail("ada", "ada@example.com")).status, 200);
    assert.deepEqual((await ada.get("/api/me/email")).json, { email: "ada@example.com" });
    assert.equal((await operator.get("/api/operator/people/ada")).json.email, "ada@example.com");
    assert.equal((await ada.delete("/api/me/email")).status, 204);
    assert.equal((await ada.delete("/api/me/email")).status, 204);
    assert.equal((await ada.get("/api/me/email")).json.email ?? null, null);
    assert.equal((await operator.get("/api/operator/people/ada")).json.email ?? null, null);
    const { entries } = (await ada.get("/api/me/access-log")).json;
    const changes = entries.filter(({ action }) => action === "email_changed");
    assert.deepEqual(
      changes.map(({ actor, detail }) => `${actor} ${detail}`),
      ["person removed", "person removed", "operator set", "operator set"],
    );
    const nobody = new Client(worker.origin);
    for (const method of ["GET", "DELETE"])
      assertError(await nobody.request(method, "/api/me/email"), 401, "unauthenticated");
    assert.equal((await nobody.get("/api/health")).json.links_by_email, true);
  });

  test("are limited for each address they are asked from", async () => {
    const client = new Client(worker.origin);
    const answers = [];
    for (let n = 0; n < 12 && answers.at(-1)?.status !== 429; n += 1)
      answers.push(await client.post(PATH, { email: `person-${n}@example.com` }));
    assertError(answers.at(-1), 429, "rate_limited");
    assert.equal(answers.at(-1).headers.get("retry-after"), "60");
  });

  test("do not exist without the setting", async () => {
    const unknown = await studio.anonymous().post("/api/no-such-address", { email: "ada@example.com" });
    const off = await studio.anonymous().post(PATH, { email: "ada@example.com" });
    assertError(off, 404, "not_found");
    assert.equal(off.json.error.message, unknown.json.error.message);
  });
});
