import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { until } from "../harness/until.js";
import { studio, unique } from "./studio.js";

let references = 0;

/** A person with a model whose weights nobody else has. */
async function owner() {
  const weights = `studio/ways-back-${++references}`;
  const { id } = await studio.create();
  const binding = await studio.binding("cleo-flux-dev-lora", { weights });
  const bound = await bind(id, binding);
  assert.equal(bound.status, 201, bound.text);
  return { id, binding, model: bound.json.id, client: await studio.signIn(id) };
}

const bind = async (id, body) => (await studio.operator()).post(`/api/operator/people/${id}/models`, body);
const at = ({ id, model }) => `/api/operator/people/${id}/models/${model}`;
const unbind = async (one, running) => (await studio.operator()).delete(`${at(one)}?running=${running}`);
const consent = { by: "Ada", statement: "own_face_1" };
const listed = async (client) => (await client.get("/api/models")).json.models;
const audit = async (id) =>
  (await (await studio.operator()).get(`/api/operator/audit?subject=${id}`)).json.entries.map(({ action }) => action);

describe("the ways back from a binding", () => {
  test("a binding needs consent, and shows it with its words", async () => {
    const { id, binding, client } = await owner();
    const [model] = await listed(client);
    assert.equal(model.state, "active");
    assert.equal(model.consent.by, "The tests");
    assert.match(model.consent.words, /has agreed/);
    assert.ok(Date.parse(model.consent.at) <= Date.now());
    for (const [wrong, field] of [
      [undefined, "consent"],
      [{ by: "Ada" }, "consent.statement"],
      [{ by: " ", statement: "own_face_1" }, "consent.by"],
      [{ by: "Ada", statement: "whatever" }, "consent.statement"],
    ]) {
      assertError(await bind(id, { ...binding, consent: wrong }), 422, undefined, field);
    }
  });

  test("an unbound model is free for another person, and old pictures stay", async () => {
    const one = await owner();
    const { client, model } = one;
    const made = await client.ask({ model, text: unique("before it was unbound"), overrides: { steps: 4 } });
    const done = await client.finished(made.id);
    assertError(await (await studio.operator()).delete(at(one)), 400, "invalid_query", "running");
    const other = await studio.create();
    assertError(await bind(other.id, one.binding), 409, "model_claimed");
    assert.equal((await unbind(one, "finish")).status, 204);
    assert.equal((await unbind(one, "finish")).status, 204, "again");
    assertError(await client.generate({ model, text: "after it was unbound" }), 404, "not_found");
    assert.deepEqual(await listed(client), []);
    assert.equal((await client.get(`/api/pictures/${done.pictures[0].id}`)).status, 200);
    assert.equal((await client.get(`/api/images/${done.pictures[0].id}`)).status, 200);
    assert.equal((await bind(other.id, one.binding)).status, 201);
    assertError(await bind(one.id, one.binding), 409, "model_claimed");
    assert.equal((await audit(one.id)).filter((action) => action === "unbind_model").length, 1);
  });

  test("a model that is bound again has the same id", async () => {
    const one = await owner();
    await unbind(one, "cancel");
    const again = await bind(one.id, { ...one.binding, label: "Back" });
    assert.equal(again.json.id, one.model, again.text);
    assert.equal((await listed(one.client))[0].label, "Back");
  });

  test("a retired model is listed and makes no new pictures", async () => {
    const one = await owner();
    const retired = await (await studio.operator()).post(`${at(one)}/retire`);
    assert.equal(retired.json.state, "retired", retired.text);
    assert.equal((await listed(one.client))[0].state, "retired");
    const refused = await one.client.generate({ model: one.model, text: "with a retired model" });
    assertError(refused, 422, "model_unusable", "model");
  });

  test("a model that was bound to the wrong person is transferred, and repeating it changes nothing", async () => {
    const ben = await owner();
    const ada = await studio.create();
    const operator = await studio.operator();
    const transfer = (body) =>
      operator.post(`${at(ben)}/transfer`, { to: ada.id, running: "cancel", consent, ...body });
    for (const to of [ben.id, "nobody-here"]) assertError(await transfer({ to }), 422, undefined, "to");
    const running = await ben.client.ask({ model: ben.model, text: unique("with a foreign face") });
    const moved = await transfer();
    assert.equal(moved.status, 200, moved.text);
    assert.equal(moved.json.consent.by, "Ada");
    assert.equal((await ben.client.finished(running.id)).status, "canceled");
    assert.deepEqual(await listed(ben.client), []);
    const client = await studio.signIn(ada.id);
    assert.deepEqual(
      (await listed(client)).map(({ id }) => id),
      [moved.json.id],
    );
    assert.equal((await transfer()).json.id, moved.json.id);
    assertError(await bind(ben.id, ben.binding), 409, "model_claimed");
    const people = (await operator.get("/api/operator/people?limit=100")).json.people;
    const models = (id) => people.find((person) => person.id === id).models.map((model) => model.id);
    assert.deepEqual([models(ben.id), models(ada.id)], [[], [moved.json.id]]);
    assert.ok((await audit(ben.id)).includes("transfer_model"));
    assert.ok((await audit(ada.id)).includes("bind_model"));
  });

  test("Ada's LoRA that was bound to Ben by mistake is undone within a minute", async () => {
    const mistaken = Date.now();
    const ben = await owner();
    const ada = await studio.create({ name: "Ada" });
    const created = unique("Ben with a foreign face");
    const waiting = unique("Ben once more with a foreign face");
    for (const prompt of [created, waiting]) {
      await studio.standIn.fault({ kind: "slow", factor: 20 }, { prompt, times: null });
    }
    const running = await ben.client.ask({ model: ben.model, text: created });
    await Promise.all(Array.from({ length: 5 }, () => ben.client.ask({ model: ben.model, text: waiting })));
    // Four are under way, and two wait in the queue.
    const sentBefore = async (text) => (await studio.standIn.creates(text)).length;
    await until("Ben's creates", async () => (await sentBefore(created)) + (await sentBefore(waiting)) === 4);

    const move = { to: ada.id, running: "cancel", consent };
    const moved = await (await studio.operator()).post(`${at(ben)}/transfer`, move);
    assert.equal(moved.status, 200, moved.text);
    const undone = (await studio.standIn.requests()).length;
    assert.ok(Date.now() - mistaken < 60_000);

    assert.equal((await ben.client.finished(running.id)).status, "canceled");
    const text = unique("Ben tries again");
    assertError(await ben.client.generate({ model: ben.model, text }), 404, "not_found");
    assertError(await ben.client.generate({ model: moved.json.id, text }), 404, "not_found");
    const own = unique("Ada with her own face");
    const client = await studio.signIn(ada.id);
    const made = await client.ask({ model: moved.json.id, text: own, overrides: { steps: 4 } });
    assert.equal((await client.finished(made.id)).status, "succeeded");

    const sent = (await studio.standIn.requests()).slice(undone).filter(({ endpoint }) => endpoint === "create");
    const withFace = sent.filter(({ body }) => Object.values(body.input).includes(ben.binding.weights));
    assert.equal(withFace.length, 1, "only Ada's own request uses the LoRA");
    assert.ok(withFace[0].body.input.prompt.includes(own));
    assert.ok(new URL(withFace[0].body.webhook).pathname.startsWith(`/hooks/replicate/${ada.id}/`));
    const predictions = [
      ...(await studio.standIn.predictions(created)),
      ...(await studio.standIn.predictions(waiting)),
    ];
    for (const { status } of predictions) assert.ok(["canceled", "aborted"].includes(status), status);
  });

  test("models of somebody else are not found", async () => {
    const [one, other] = await Promise.all([owner(), owner()]);
    const foreign = { id: one.id, model: other.model };
    assertError(await unbind(foreign, "finish"), 404, "not_found");
    assertError(await (await studio.operator()).post(`${at(foreign)}/retire`), 404, "not_found");
    assertError(await one.client.delete(`${at(other)}?running=finish`), 403, "forbidden");
    assert.equal((await listed(other.client)).length, 1);
  });
});
