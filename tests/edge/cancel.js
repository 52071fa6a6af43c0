import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { until } from "../harness/until.js";
import { person, studio, unique } from "./studio.js";

/** The cancels that the provider received for the one prediction with `text` in its prompt. */
async function cancelsOf(text) {
  const [{ id }] = await studio.standIn.predictions(text);
  return (await studio.standIn.requests()).filter(({ path }) => path.endsWith(`/${id}/cancel`));
}

describe("canceling", () => {
  for (const [phase, status, cost] of [
    ["starting", "booting", 0],
    ["processing", "generating", 2],
  ]) {
    test(`a generation that is ${status} ends it at the provider, too, and costs ${cost} of 2 pictures`, async () => {
      const { client, model } = await person("cancel");
      const text = unique(`stuck ${phase}`);
      await studio.standIn.fault({ kind: "stuck", phase }, { prompt: text });
      const before = (await client.get("/api/me")).json.allowance;
      const asked = await client.ask({ model, text, pictures: 2, overrides: { steps: 4 } });
      await until("the phase", async () => (await client.generation(asked.id)).status === status);
      assert.equal((await client.generation(asked.id)).cancel_costs, cost);
      assert.equal((await client.get("/api/me")).json.allowance.reserved, before.reserved + 2);
      const canceled = await client.post(`/api/generations/${asked.id}/cancel`, {});
      assert.equal(canceled.status, 200, canceled.text);
      assert.ok(canceled.json.cancel_requested || canceled.json.status === "canceled");
      const end = await client.finished(asked.id);
      assert.equal(end.status, "canceled");
      assert.deepEqual(end.pictures, []);
      assert.equal(end.cancel_costs, cost);
      const after = (await client.get("/api/me")).json.allowance;
      assert.deepEqual(after, { ...before, used: before.used + cost });
      assert.equal((await cancelsOf(text)).length, 1);
    });
  }

  test("twice, or after the end, changes nothing and does not reach the provider", async () => {
    const { client, model } = await person("cancel");
    const text = unique("done before");
    const asked = await client.ask({ model, text, overrides: { steps: 4 } });
    const done = await client.finished(asked.id);
    for (let count = 0; count < 2; count += 1) {
      const late = await client.post(`/api/generations/${asked.id}/cancel`, {});
      assert.equal(late.status, 200, late.text);
      assert.equal(late.json.status, "succeeded");
    }
    assert.deepEqual(await client.generation(asked.id), done);
    assert.deepEqual(await cancelsOf(text), []);
  });

  test("before the provider has answered the create", async () => {
    const { client, model } = await person("cancel");
    const text = unique("canceled early");
    await studio.standIn.fault({ kind: "delay", ms: 1500 }, { prompt: text });
    const asked = await client.ask({ model, text, overrides: { steps: 4 } });
    await client.post(`/api/generations/${asked.id}/cancel`, {});
    const end = await client.finished(asked.id);
    assert.equal(end.status, "canceled");
    await until("the prediction to end", async () => {
      const [prediction] = await studio.standIn.predictions(text);
      return prediction?.status === "canceled";
    });
    assert.equal((await cancelsOf(text)).length, 1);
  });

  test("an unknown generation is not found", async () => {
    const { client } = await person("cancel");
    assertError(await client.post(`/api/generations/gen_${"0".repeat(26)}/cancel`, {}), 404, "not_found");
  });
});
