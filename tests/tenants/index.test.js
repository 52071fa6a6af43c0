// One person uses another's ids on every route: the response is the same as for an unknown id, nothing changes, and the
// provider receives nothing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertError, errorBody } from "../harness/client.js";
import { Events } from "../harness/socket.js";
import { Studio } from "../harness/studio.js";
import { sleep, until } from "../harness/until.js";
import { makesStudioLook } from "../harness/webhook.js";

const SECRET = "Ada alone in the orchard";

/** @type {Studio} */
let studio;
let ada;
let ben;
let done;
let underWay;

/** Everything that Ada can see of her studio. */
const hers = async () => ({
  me: (await ada.client.get("/api/me")).json,
  models: (await ada.client.get("/api/models")).json,
  generations: (await ada.client.get("/api/generations?limit=100")).json,
  image: (await ada.client.get(`/api/images/${done.pictures[0].id}`)).bytes.toString("base64"),
});

before(async () => {
  studio = await Studio.start({ speed: 20 });
  ada = await studio.person({ id: "ada", name: "Ada", model: "ada-selfie-lora" });
  ben = await studio.person({ id: "ben", name: "Ben", model: "ben-selfie-lora" });
  const made = await ada.client.ask({ model: ada.model, text: SECRET, pictures: 2, overrides: { steps: 4 } });
  done = await ada.client.finished(made.id);
  assert.equal(done.status, "succeeded");
  await studio.standIn.fault({ kind: "stuck", phase: "starting" }, { prompt: "Ada waits" });
  underWay = await ada.client.ask({ model: ada.model, text: "Ada waits", overrides: { steps: 4 } }, "adas-own-key");
  const theirs = await ben.client.ask({ model: ben.model, text: "Ben at work", overrides: { steps: 4 } });
  await ben.client.finished(theirs.id);
  await sleep(1000);
});
after(() => studio?.stop());

/** Every route that takes an id, with one of Ada's ids and an unknown one. */
const routes = () => {
  const nobody = (prefix) => `${prefix}_${"0".repeat(26)}`;
  const [picture] = done.pictures;
  const request = (model) => ({
    json: { model, text: "Ben borrows a face" },
    headers: { "idempotency-key": "borrowing" },
  });
  return [
    ["GET", (id) => `/api/generations/${id}`, done.id, nobody("gen")],
    ["GET", (id) => `/api/generations/${id}`, underWay.id, nobody("gen")],
    ["POST", (id) => `/api/generations/${id}/cancel`, underWay.id, nobody("gen"), () => ({ json: {} })],
    ["POST", (id) => `/api/generations/${id}/cancel`, done.id, nobody("gen"), () => ({ json: {} })],
    ["GET", (id) => `/api/images/${id}`, picture.id, nobody("pic")],
    ["HEAD", (id) => `/api/images/${id}`, picture.id, nobody("pic")],
    ["GET", (id) => `/api/pictures/${id}`, picture.id, nobody("pic")],
    ["HEAD", (id) => `/api/pictures/${id}`, picture.id, nobody("pic")],
    ["DELETE", (id) => `/api/pictures/${id}`, picture.id, nobody("pic")],
    ["DELETE", (id) => `/api/generations/${id}`, done.id, nobody("gen")],
    ["DELETE", (id) => `/api/bin/${id}`, picture.id, nobody("pic")],
    ["POST", (id) => `/api/bin/${id}/restore`, done.id, nobody("gen"), () => ({ json: {} })],
    ["POST", () => "/api/generations", ada.model, nobody("mdl"), request],
  ];
};

describe("another person's id", () => {
  test("is answered like an unknown id on every route, and does nothing", async () => {
    const before = await hers();
    const [{ id: prediction }] = await studio.standIn.predictions("Ada waits");
    /** The stand-in's requests without the studio's polls of the generation under way. */
    const heard = async () =>
      (await studio.standIn.requests()).filter(
        ({ endpoint, path }) => endpoint !== "get" || !path.endsWith(prediction),
      );
    const requests = (await heard()).length;
    for (const [method, path, theirs, nobodys, options = () => ({})] of routes()) {
      const foreign = await ben.client.request(method, path(theirs), options(theirs));
      const missing = await ben.client.request(method, path(nobodys), options(nobodys));
      assert.equal(foreign.status, 404, foreign.where);
      assert.equal(missing.status, 404, missing.where);
      if (method !== "HEAD") {
        assertError(foreign, 404, "not_found");
        assert.deepEqual(errorBody(foreign), errorBody(missing), foreign.where);
      }
      const names = (answer) => [...answer.headers.keys()].sort();
      assert.deepEqual(names(foreign), names(missing), foreign.where);
    }
    assert.deepEqual(await hers(), before);
    assert.equal((await heard()).length, requests, "the provider received a request");
    assert.deepEqual(await studio.standIn.creates("borrows"), []);
  });

  test("caching headers do not give an image away", async () => {
    const [picture] = done.pictures;
    const etag = (await ada.client.get(`/api/images/${picture.id}`)).headers.get("etag");
    for (const headers of [
      { "if-none-match": etag },
      { "if-none-match": "*" },
      { range: "bytes=0-10" },
      { "if-match": etag },
    ]) {
      assertError(await ben.client.get(`/api/images/${picture.id}`, { headers }), 404, "not_found");
    }
  });

  test("lists, events and idempotency keys are per person", async () => {
    const list = await ben.client.get("/api/generations?limit=100");
    assert.equal(list.json.generations.length, 1);
    const page = await ada.client.get("/api/generations?limit=1");
    assert.ok(page.json.next_cursor);
    const crossed = await ben.client.get(
      `/api/generations?limit=100&cursor=${encodeURIComponent(page.json.next_cursor)}`,
    );
    const events = await Events.open(ben.client);
    await events.next("the snapshot", ({ type }) => type === "snapshot");
    const models = await ben.client.get("/api/models");
    for (const [what, text] of Object.entries({
      list: list.text,
      crossed: crossed.text,
      events: JSON.stringify(events.messages),
      models: models.text,
      me: (await ben.client.get("/api/me")).text,
    })) {
      for (const secret of [SECRET, done.id, underWay.id, done.pictures[0].id, ada.model, ada.binding.trigger]) {
        assert.ok(!text.includes(secret), `${what} shows ${secret}`);
      }
    }
    const own = await ada.client.ask({ model: ada.model, text: "Ada while Ben listens", overrides: { steps: 4 } });
    await ada.client.finished(own.id);
    assert.ok(!JSON.stringify(events.messages).includes("Ben listens"));
    events.close();

    const same = await ben.client.generate(
      { model: ben.model, text: "Ben with Ada's key", overrides: { steps: 4 } },
      "adas-own-key",
    );
    assert.equal(same.status, 202, same.text);
    assert.notEqual(same.json.id, underWay.id);
    await ben.client.finished(same.json.id);
  });

  test("a webhook's path holds for its own person and generation only", async () => {
    await studio.standIn.fault({ kind: "stuck", phase: "starting" }, { prompt: "Ben waits" });
    const his = await ben.client.ask({ model: ben.model, text: "Ben waits", overrides: { steps: 4 } });
    const hookOf = async (text) => {
      const prediction = await until(text, async () => (await studio.standIn.predictions(text))[0]);
      const [create] = await studio.standIn.creates(text);
      return { prediction, nonce: new URL(create.body.webhook).pathname.split("/").at(-1) };
    };
    const [adas, bens] = [await hookOf("Ada waits"), await hookOf("Ben waits")];
    const path = (user, generation, nonce) => `/hooks/replicate/${user}/${generation.id}/${nonce}`;
    const before = await hers();
    for (const [what, wrong, { prediction }] of [
      ["her generation, his studio", path("ben", underWay, adas.nonce), adas],
      ["her generation, his nonce", path("ada", underWay, bens.nonce), adas],
      ["his generation, her nonce", path("ben", his, adas.nonce), bens],
    ]) {
      assert.equal(await makesStudioLook(studio, wrong, prediction), false, what);
      const unsigned = await ben.client.post(wrong, prediction);
      assertError(unsigned, 401, "unauthenticated");
    }
    assert.ok(await makesStudioLook(studio, path("ada", underWay, adas.nonce), adas.prediction), "her own");
    assert.deepEqual(await hers(), before);
    await ben.client.post(`/api/generations/${his.id}/cancel`, {});
  });

  test("a stranger gets 401 on every route of a person", async () => {
    const stranger = studio.anonymous();
    for (const [method, path, theirs, , options = () => ({})] of routes()) {
      assert.equal((await stranger.request(method, path(theirs), options(theirs))).status, 401, path(theirs));
    }
    for (const path of ["/api/me", "/api/models", "/api/generations", "/api/operator/people"]) {
      assertError(await stranger.get(path), 401, "unauthenticated");
    }
  });

  test("a cookie cannot be rewritten for another person", async () => {
    const [name, token] = ben.client.cookie.split("=");
    const [claims, signature] = token.split(".");
    const rewritten = Buffer.from(claims, "base64url").toString().replace('"ben"', '"ada"');
    const thief = studio.anonymous();
    thief.cookie = `${name}=${Buffer.from(rewritten).toString("base64url")}.${signature}`;
    assertError(await thief.get("/api/me"), 401, "unauthenticated");
    thief.cookie = `${ben.client.cookie}; ${ada.client.cookie.split(".")[0]}.x`;
    const me = await thief.get("/api/me");
    assert.equal(me.json.id, "ben", "the first cookie counts");
  });

  test("the operator cannot reach her pictures", async () => {
    const operator = await studio.operator();
    const before = await hers();
    for (const [method, path, theirs, , options = () => ({})] of routes()) {
      const answer = await operator.request(method, path(theirs), options(theirs));
      assert.equal(answer.status, 404, answer.where);
    }
    const everything = await operator.get("/api/operator/people?limit=100");
    assert.ok(!everything.text.includes(SECRET));
    assert.deepEqual(await hers(), before);
  });

  test("suspending one person leaves the other alone", async () => {
    const operator = await studio.operator();
    assert.equal((await operator.post("/api/operator/people/ben/suspend", {})).status, 200);
    assert.equal((await ada.client.get("/api/me")).status, 200);
    assert.equal((await operator.post("/api/operator/people/ben/reinstate", {})).status, 200);
  });
});
