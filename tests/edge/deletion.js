// Deleting people, in studios of their own, because what is stored is looked at while the Worker is not running.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertError, Client } from "../harness/client.js";
import { Studio } from "../harness/studio.js";
import { link } from "../harness/tokens.js";
import { until } from "../harness/until.js";
import { Worker } from "../harness/worker.js";

const path = (id) => `/api/operator/people/${id}`;

/** Waits for a deletion to finish, and returns its receipt. The client is anybody. */
const receipt = (client, { id }) =>
  until(`deletion ${id} to finish`, async () => {
    const { json } = await client.get(`/api/deletions/${id}`);
    return json.finished_at && json;
  });

/** Deletes a person as an operator, and returns the receipt. */
export async function deletePerson(operator, id, options = {}) {
  const begun = await operator.delete(path(id), { json: { confirm: id, ...options } });
  assert.equal(begun.status, 202, begun.text);
  assert.equal(begun.json.finished_at ?? null, null);
  return receipt(operator, begun.json);
}

async function withStudio(work) {
  const studio = await Studio.start({ speed: 20 });
  try {
    await work(studio, await studio.operator());
  } finally {
    await studio.stop();
  }
}

/** A person with a picture, an unused link, an open request and an e-mail address. */
async function settled(studio, id) {
  const operator = await studio.operator();
  const person = await studio.person({ id, name: `Name of ${id}` });
  const { client, model } = person;
  const made = await client.ask({ model, text: `a portrait for ${id}`, overrides: { steps: 4 } });
  const done = await client.finished(made.id);
  assert.equal(done.status, "succeeded");
  const minted = await operator.post(`${path(id)}/link`, {});
  await client.post("/api/me/allowance/request", { note: `more for ${id}` });
  await operator.request("PUT", `${path(id)}/email`, { json: { email: `${id}@example.com` } });
  return { ...person, picture: done.pictures[0].id, unused: new URL(minted.json.url).hash.slice(1) };
}

const nothing = { tables: [], keys: [], databases: [] };

describe("deleting a person", () => {
  test("leaves nothing of them, and everything of the others", () =>
    withStudio(async (studio, operator) => {
      const [ada, ben] = [await settled(studio, "ada-deleted"), await settled(studio, "ben-stays")];
      assertError(await operator.delete(path(ada.id), { json: { confirm: ben.id } }), 422, "invalid_value", "confirm");
      assertError(await operator.delete(path(ada.id), { json: {} }), 422, "missing_field", "confirm");
      assertError(await operator.delete(path("nobody-here"), { json: { confirm: "nobody-here" } }), 404, "not_found");
      assertError(await ben.client.delete(path(ada.id), { json: { confirm: ada.id } }), 403, "forbidden");

      const running = await ada.client.ask({ model: ada.model, pictures: 4, text: "under way when deleted" });
      await until("the create", async () => (await studio.standIn.creates("under way when")).length > 0);
      const { id, removed, remains, text } = await deletePerson(operator, ada.id, { provider_versions: true });
      assert.deepEqual(
        { ...removed, bytes: removed.bytes > 1000, entries: removed.entries > 5 },
        { generations: 2, pictures: 1, bytes: true, models: 1, sessions: 1, entries: true, provider_versions: 1 },
      );
      assert.equal(remains.provider_versions, 0);
      assert.ok(remains.audit_entries >= 5, JSON.stringify(remains));
      assert.match(text, /2 requests, 1 picture, 1 model, 1 session/);
      const [prediction] = await studio.standIn.predictions("under way when");
      assert.ok(!prediction || ["canceled", "aborted"].includes(prediction.status), prediction?.status);
      const deletes = (await studio.standIn.requests()).filter(({ endpoint }) => endpoint === "delete_version");
      assert.deepEqual(
        deletes.map((request) => request.path),
        [`/v1/models/studio/${ada.binding.name}/versions/${ada.binding.version}`],
      );

      for (const address of ["/api/me", "/api/generations", `/api/images/${ada.picture}`]) {
        assertError(await ada.client.get(address), 401, "unauthenticated");
      }
      assertError(await studio.anonymous().signIn(ada.unused), 401, "link_invalid");
      const entries = (await operator.get(`/api/operator/audit?subject=${id}`)).json.entries;
      assert.equal(entries.length, remains.audit_entries);
      for (const entry of entries) assert.equal(entry.detail, "");
      const people = (await operator.get("/api/operator/people?limit=100")).json.people.map((person) => person.id);
      assert.deepEqual(people, [ben.id, "studio"]);

      await studio.worker.kill();
      assert.deepEqual(await studio.worker.stored(ada.id, "a portrait for ada", running.id), nothing);
      const kept = await studio.worker.stored(ben.id);
      const [file, ...smaller] = kept.keys;
      assert.equal(file, `people/${ben.id}/pictures/${ben.picture}`);
      for (const key of smaller) assert.ok(key.startsWith(`people/${ben.id}/thumbnails/${ben.picture}/`), key);
      assert.ok(kept.databases.length > 0 && kept.tables.includes("model_claims"), JSON.stringify(kept));
      await studio.worker.start();

      assert.equal((await ben.client.get(`/api/images/${ben.picture}`)).status, 200);
      assert.equal((await ben.client.get("/api/generations")).json.generations.length, 1);
      const inbox = (await operator.get("/api/operator/inbox")).json.items;
      assert.deepEqual(
        inbox.map(({ person }) => person),
        [ben.id],
      );
      assert.equal((await studio.anonymous().signIn(ben.unused)).status, 200);
    }));

  test("goes on after the Worker was killed", () =>
    withStudio(async (studio, operator) => {
      const [noted, killed] = [await settled(studio, "ada-noted"), await settled(studio, "ada-killed")];
      // The provider answers neither the first attempt nor those after it, until the Worker has been killed twice.
      await studio.standIn.fault({ kind: "status", status: 503 }, { endpoint: "delete_version", times: null });
      const begun = await operator.delete(path(killed.id), { json: { confirm: killed.id, provider_versions: true } });
      assert.equal(begun.status, 202, begun.text);
      await studio.worker.kill();
      // The Worker died after it had noted the deletion, before it told the studio.
      await studio.worker.directory(
        `INSERT INTO deletions (id, user_id, role, provider_versions, requested_at)
         VALUES ('del_01m8hdmxqbwap7y9e9pvw4wf3f', '${noted.id}', 'person', 0, 1)`,
      );
      await studio.worker.start();
      assertError(await operator.post(`${path(noted.id)}/link`, {}), 404, "not_found");
      const { people } = (await operator.get("/api/operator/people")).json;
      const deleting = people.filter(({ status }) => status === "deleting").map((person) => person.id);
      assert.deepEqual(deleting, [killed.id, noted.id]);
      await receipt(operator, { id: "del_01m8hdmxqbwap7y9e9pvw4wf3f" });
      assertError(await noted.client.get("/api/me"), 401, "unauthenticated");
      const again = await operator.delete(path(killed.id), { json: { confirm: killed.id } });
      assert.equal(again.json.id, begun.json.id, "the same deletion");
      assertError(await operator.post("/api/operator/people", { id: killed.id, name: "New", allowance: 1 }), 409);
      await studio.worker.kill();
      await studio.worker.start();
      await studio.standIn.clearFaults();
      const { removed } = await receipt(operator, begun.json);
      assert.equal(removed.pictures, 1);
      assert.equal(removed.provider_versions, 1);
      await studio.worker.kill();
      assert.deepEqual(await studio.worker.stored(noted.id, killed.id), nothing);
    }));
});

describe("the deletion of a person", () => {
  /** @type {Studio} */
  let studio;
  before(async () => {
    studio = await Studio.start({ speed: 20 });
  });
  after(() => studio?.stop());

  test("frees the id for somebody who gets nothing of theirs", async () => {
    const operator = await studio.operator();
    const old = await settled(studio, "ada-again");
    const minted = link(old.id);
    const { remains } = await deletePerson(operator, old.id);
    assert.equal(remains.provider_versions, 1);
    await studio.create({ id: old.id, name: "Somebody else", allowance: 3 });
    for (const token of [old.unused, minted]) {
      assertError(await studio.anonymous().signIn(token), 401, "link_expired");
    }
    assertError(await old.client.get("/api/me"), 401, "unauthenticated");
    const client = await studio.signIn(old.id);
    const me = (await client.get("/api/me")).json;
    assert.deepEqual([me.name, me.allowance], ["Somebody else", { granted: 3, used: 0, reserved: 0 }]);
    assert.deepEqual((await client.get("/api/generations")).json.generations, []);
    assert.deepEqual((await client.get("/api/models")).json.models, []);
    const history = (await client.get("/api/me/allowance")).json;
    assert.deepEqual([history.entries.length, history.request ?? null], [1, null]);
    assertError(await client.get(`/api/images/${old.picture}`), 404, "not_found");
    assert.equal((await operator.post(`${path(old.id)}/models`, old.binding)).status, 201, "the claim is free");
  });

  test("can be done by themselves, with a confirmation", async () => {
    const { id, client } = await settled(studio, "ada-herself");
    assertError(
      await client.delete("/api/me", { json: { confirm: "ada-herself-not" } }),
      422,
      "invalid_value",
      "confirm",
    );
    assertError(await client.delete("/api/me"), 415);
    assertError(await studio.anonymous().delete("/api/me", { json: { confirm: id } }), 401, "unauthenticated");
    assert.equal((await client.get("/api/me")).status, 200);
    const begun = await client.delete("/api/me", { json: { confirm: id } });
    assert.equal(begun.status, 202, begun.text);
    assert.match(begun.headers.getSetCookie().join(), /Max-Age=0/);
    assert.match(begun.headers.get("clear-site-data"), /cache/);
    assertError(await client.get("/api/me"), 401, "unauthenticated");
    const { removed } = await receipt(studio.anonymous(), begun.json);
    assert.equal(removed.pictures, 1);
    const other = begun.json.id.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    assertError(await studio.anonymous().get(`/api/deletions/${other}`), 404, "not_found");
  });

  test("ends without the versions that the provider refuses to delete", async () => {
    const operator = await studio.operator();
    const { id } = await studio.person();
    await studio.standIn.fault({ kind: "status", status: 403 }, { endpoint: "delete_version" });
    const { removed, remains, text } = await deletePerson(operator, id, { provider_versions: true });
    assert.deepEqual([removed.provider_versions, remains.provider_versions], [0, 1]);
    assert.match(text, /1 model version at the provider/);
  });
});

describe("the last operator", () => {
  test("cannot be deleted, and of two who delete each other one is left", async () => {
    const worker = await Worker.start();
    const sign = async (name) => {
      const client = new Client(worker.origin);
      const token = link(name, { role: "operator" });
      return { client, name, status: (await client.signIn(token)).status };
    };
    const remove = (by, { name }) => by.client.delete(path(name), { json: { confirm: name } });
    try {
      let last = await sign("operator-0");
      for (let round = 1; round <= 8; round += 1) {
        assertError(await remove(last, last), 403, "forbidden");
        const self = await last.client.delete("/api/me", { json: { confirm: last.name } });
        assertError(self, 403, "forbidden");
        const other = await sign(`operator-${round}`);
        assert.equal(other.status, 200);
        const answers = await Promise.all([remove(last, other), remove(other, last)]);
        const winner = answers.findIndex(({ status }) => status === 202);
        assert.notEqual(winner, -1, answers.map(({ text }) => text).join());
        assert.ok([401, 403].includes(answers[1 - winner].status), answers[1 - winner].text);
        last = [last, other][winner];
        await receipt(last.client, answers[winner].json);
        const { people } = (await last.client.get("/api/operator/people")).json;
        assert.deepEqual(
          people.map(({ id, status }) => [id, status]),
          [[last.name, "active"]],
        );
      }
    } finally {
      await worker.stop();
    }
  });

  test("who was deleted does not come back with an old link", async () => {
    const worker = await Worker.start();
    try {
      const [first, second] = [new Client(worker.origin), new Client(worker.origin)];
      const sign = (client, name, claims) => client.signIn(link(name, { role: "operator", ...claims }));
      await sign(first, "operator-1");
      await sign(second, "operator-2");
      const old = link("operator-2", { role: "operator" });
      await deletePerson(first, "operator-2");
      assertError(await new Client(worker.origin).signIn(old), 401, "link_expired");
      assertError(await second.get("/api/operator/people"), 401, "unauthenticated");
      const { people } = (await first.get("/api/operator/people")).json;
      assert.equal(people.length, 1);
      assert.equal(
        (await sign(new Client(worker.origin), "operator-2")).status,
        200,
        "a new link makes a new operator",
      );
      assertError(await new Client(worker.origin).signIn(old), 401, "link_expired");
    } finally {
      await worker.stop();
    }
  });
});
