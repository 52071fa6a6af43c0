// Many requests at once for what exists once.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { until } from "../harness/until.js";

const LORA = "cleo-flux-dev-lora";

/** How the races get their people: each round has its own, so that no round waits for another's pace. */
export async function prepare(studio) {
  const person = (name, rest) =>
    studio.person({ id: `race-${name}`, name, model: LORA, binding: { weights: `studio/race-${name}` }, ...rest });
  const rivals = await Promise.all(
    Array.from({ length: 6 }, (_, number) => studio.create({ id: `rival-${number}`, name: "Rival" })),
  );
  return { person, rivals };
}

/** Sends a request once more when its connection is closed, as an idle one may be while the request is on its way. */
const persistent = (request) =>
  request().catch((error) => (error instanceof TypeError ? request() : Promise.reject(error)));
const together = (count, request) =>
  Promise.all(Array.from({ length: count }, (_, index) => persistent(() => request(index))));
const allowance = async ({ client }) => (await client.get("/api/me")).json.allowance;

export const RACES = {
  /** 200 requests for an allowance of one picture: one is taken. */
  async allowance({ studio, person }, round) {
    const one = await person(`one-${round}`, { allowance: 1 });
    const text = `the only picture of round ${round} at sea`;
    // It does not end by itself, because what a failure gives back would be taken by the next.
    await studio.standIn.fault({ kind: "stuck", phase: "starting" }, { prompt: text });
    const request = { model: one.model, text, overrides: { steps: 4 } };
    const keys = Array.from({ length: 200 }, () => randomUUID());
    const answers = await together(200, (index) => one.client.generate(request, keys[index]));
    const taken = answers.filter(({ status }) => status === 202);
    assert.equal(taken.length, 1, JSON.stringify(answers.map(({ status }) => status)));
    for (const { status, json } of answers.filter(({ status }) => status !== 202)) {
      assert.equal(json.error.code, "allowance_exhausted", `${status}`);
    }
    const { id } = taken[0].json;
    await until("the create", async () => (await studio.standIn.creates(text)).length > 0);
    await one.client.post(`/api/generations/${id}/cancel`, {});
    assert.equal((await one.client.finished(id, 60)).status, "canceled");
    assert.equal((await studio.standIn.creates(text)).length, 1);
    assert.deepEqual(await allowance(one), { granted: 1, used: 0, reserved: 0 });
  },

  /** 50 twins of one request: one generation, one create. */
  async twins({ studio, person }, round) {
    const free = await person(`twins-${round}`);
    const text = `fifty twins of round ${round} at sea`;
    const [key, request] = [randomUUID(), { model: free.model, text, overrides: { steps: 4 } }];
    const isTaken = ({ status }) => [200, 202].includes(status);
    const answers = await together(50, () => free.client.generate(request, key));
    assert.ok(answers.every(isTaken), JSON.stringify(answers.map(({ status }) => status)));
    assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1);
    await free.client.finished(answers[0].json.id, 60);
    assert.equal((await studio.standIn.creates(text)).length, 1);
  },

  /** 20 cancels at once: one end, and nothing stays reserved. */
  async cancel({ studio, person }, round) {
    const free = await person(`cancel-${round}`);
    const text = `a canceled walk of round ${round} at sea`;
    await studio.standIn.fault({ kind: "slow", factor: 5 }, { prompt: text });
    const { id } = await free.client.ask({ model: free.model, text, overrides: { steps: 4 } });
    if (round % 2 === 0) await until("it to start", async () => (await studio.standIn.predictions(text)).length > 0);
    const answers = await together(20, () => free.client.post(`/api/generations/${id}/cancel`, {}));
    for (const { status, where } of answers) assert.ok([200, 202, 204, 409, 429].includes(status), where);
    const done = await free.client.finished(id, 60);
    assert.equal(done.status, "canceled");
    assert.equal((await allowance(free)).reserved, 0);
    assert.ok((await studio.standIn.creates(text)).length <= 1);
  },

  /** 20 deletions at once, with readers in between: the picture goes once and for good. */
  async delete({ studio, person }, round) {
    const free = await person(`delete-${round}`);
    const text = `a deleted walk of round ${round} at sea`;
    const { id } = await free.client.ask({ model: free.model, text, overrides: { steps: 4 } });
    const [picture] = (await free.client.finished(id, 60)).pictures;
    const { used } = await allowance(free);
    const answers = await together(40, (index) =>
      index % 2 === 0
        ? free.client.delete(`/api/pictures/${picture.id}`)
        : free.client.get(`/api/images/${picture.id}`),
    );
    for (const { status, where } of answers) assert.ok([200, 204, 404, 429].includes(status), where);
    assert.ok(answers.some(({ status }, index) => index % 2 === 0 && [200, 204].includes(status)));
    assert.equal((await free.client.get(`/api/images/${picture.id}`)).status, 404);
    assert.equal((await allowance(free)).used, used);
    assert.equal((await studio.standIn.creates(text)).length, 1);
  },

  /** One LoRA bound to six people at once: one of them has it. */
  async bind({ studio, rivals }, round) {
    const operator = await studio.operator();
    const body = await studio.binding(LORA, { weights: `studio/contested-${round}` });
    const answers = await Promise.all(rivals.map(({ id }) => operator.post(`/api/operator/people/${id}/models`, body)));
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [201, 409, 409, 409, 409, 409]);
  },

  /** One LoRA bound to a person and put into the catalogue at once: it is the one or the other. */
  async catalogue({ studio, rivals }, round) {
    const operator = await studio.operator();
    const reference = `huggingface.co/contested/round-${round}/lora.safetensors`;
    const body = await studio.binding(LORA, { weights: reference });
    const entry = { title: "Contested", reference, default_scale: 0.5, max_scale: 1, licence: "mit" };
    const bind = () => operator.post(`/api/operator/people/${rivals[0].id}/models`, body);
    const put = () => operator.request("PUT", `/api/operator/enhancements/contested-${round}`, { json: entry });
    const [bound, added] = await Promise.all([bind(), put()]);
    const statuses = JSON.stringify([bound.status, added.status]);
    assert.ok(["[201,409]", "[422,200]"].includes(statuses), statuses);
  },
};
