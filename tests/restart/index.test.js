// The Worker is killed in the middle of generations and restarted: one create, one stored picture, whatever was lost.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { Studio } from "../harness/studio.js";
import { sleep, until } from "../harness/until.js";
import "./people.js";

/** @type {Studio} */
let studio;
let person;
let other;
let count = 0;

before(async () => {
  studio = await Studio.start({ speed: 5 });
  person = await studio.person({ id: "ada", name: "Ada" });
});
after(() => studio?.stop());
beforeEach(() => studio.standIn.clearFaults());

/** Objects of a picture: its file and three thumbnails. */
const OBJECTS = 4;

/** Objects in the local R2 bucket. */
function objects() {
  const folder = join(studio.worker.persist, "v3/r2");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files.filter((file) => file.isFile() && (file.parentPath ?? file.path).endsWith("blobs")).length;
}

async function start(text) {
  const made = await person.client.ask({ model: person.model, text, overrides: { steps: 20 } });
  return made.id;
}

/** Kills the Worker with all its processes, waits for `until`, and starts it again. */
async function powerCut(until = () => {}) {
  await studio.worker.kill();
  await until();
  await studio.worker.start();
}

const provider = (text) => async () => (await studio.standIn.predictions(text))[0];

async function storedOnce(id, text) {
  const expected = (count + 1) * OBJECTS;
  const done = await person.client.finished(id, 90);
  assert.equal(done.status, "succeeded", JSON.stringify(done.failure));
  assert.equal(done.pictures.length, 1);
  assert.equal((await person.client.get(`/api/images/${done.pictures[0].id}`)).status, 200);
  assert.equal((await studio.standIn.creates(text)).length, 1, "exactly one create");
  await until("its thumbnails", () => objects() >= expected, { seconds: 90 });
  // Later webhooks and alarms must not store it again.
  await sleep(1500);
  const again = await person.client.generation(id);
  assert.deepEqual(again, done);
  assert.equal(objects(), expected, "each object is stored once");
  count += 1;
  const { allowance } = (await person.client.get("/api/me")).json;
  assert.deepEqual([allowance.used, allowance.reserved], [count, 0]);
}

describe("killed and restarted", () => {
  const unknown = "killed while creating";
  let unknownId;

  test("during the create: its outcome is looked for", async () => {
    await studio.standIn.fault({ kind: "delay", ms: 2000 }, { prompt: unknown });
    other = await studio.person({ id: "ben", name: "Ben" });
    unknownId = (await other.client.ask({ model: other.model, text: unknown, overrides: { steps: 4 } })).id;
    await until("the create", async () => (await studio.standIn.creates(unknown)).length > 0);
    await powerCut();
    assert.ok(!["succeeded", "failed"].includes((await other.client.generation(unknownId)).status));
  });

  test("during a prediction that ends before the restart", async () => {
    const text = "killed while generating";
    const id = await start(text);
    await until("it to generate", async () => (await person.client.generation(id)).status === "generating");
    await powerCut(() => until("the provider to end", async () => (await provider(text)())?.status === "succeeded"));
    await storedOnce(id, text);
  });

  test("during a prediction that ends after the restart", async () => {
    const text = "killed early";
    await studio.standIn.fault({ kind: "slow", factor: 12 }, { prompt: text });
    const id = await start(text);
    await until("a prediction", provider(text));
    await powerCut();
    assert.notEqual((await provider(text)()).status, "succeeded");
    await storedOnce(id, text);
  });

  test("after a create whose response was lost", async () => {
    const text = "answer lost and killed";
    await studio.standIn.fault({ kind: "accept_then_drop" }, { prompt: text });
    const id = await start(text);
    await until("a prediction", provider(text));
    await powerCut();
    await storedOnce(id, text);
  });

  test("during the fetch of the picture", async () => {
    const text = "killed while saving";
    await studio.standIn.fault({ kind: "delay", ms: 2500 }, { endpoint: "output" });
    const id = await start(text);
    await until("it to save", async () => (await person.client.generation(id)).status === "saving", { seconds: 60 });
    await powerCut();
    await storedOnce(id, text);
  });

  test("with session, models and generations intact", async () => {
    const before = (await person.client.get("/api/generations?limit=100")).text;
    await powerCut();
    assert.equal((await person.client.get("/api/generations?limit=100")).text, before);
    assert.equal((await person.client.get("/api/models")).json.models.length, 1);
  });

  test("and the interrupted create is never sent again", async () => {
    const done = await other.client.finished(unknownId, 300);
    assert.equal((await studio.standIn.creates(unknown)).length, 1);
    assert.deepEqual(await studio.standIn.predictions(unknown), [], "the stand-in drops what is hung up on");
    assert.equal(done.status, "failed");
    assert.equal(done.failure.code, "outcome_unknown");
    assert.equal((await other.client.get("/api/me")).json.allowance.reserved, 0);
  });
});
