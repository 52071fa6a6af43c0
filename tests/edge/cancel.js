import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { until } from "../harness/until.js";
import { person, studio, unique } from "./studio.js";

describe("canceling", () => {
  test("ends a generation under way, at the provider too, and costs nothing", async () => {
    const { client, model } = await person("cancel");
    const text = unique("stuck");
    await studio.standIn.fault({ kind: "stuck" }, { prompt: text });
    const before = (await client.get("/api/me")).json.allowance;
    const asked = await client.ask({ model, text, overrides: { steps: 4 } });
    await until("it to generate", async () =>
      ["booting", "generating"].includes((await client.generation(asked.id)).status),
    );
    assert.equal((await client.get("/api/me")).json.allowance.reserved, before.reserved + 1);
    const canceled = await client.post(`/api/generations/${asked.id}/cancel`, {});
    assert.ok([200, 202].includes(canceled.status), canceled.text);
    assert.ok(canceled.json.cancel_requested || canceled.json.status === "canceled");
    const end = await client.finished(asked.id);
    assert.equal(end.status, "canceled");
    assert.deepEqual(end.pictures, []);
    assert.deepEqual((await client.get("/api/me")).json.allowance, before);
    const cancels = (await studio.standIn.requests()).filter(({ path }) => path.endsWith("/cancel"));
    assert.ok(cancels.length >= 1);
  });

  test("twice, or when it is over, changes nothing", async () => {
    const { client, model } = await person("cancel");
    const asked = await client.ask({ model, text: unique("done before"), overrides: { steps: 4 } });
    const done = await client.finished(asked.id);
    for (let n = 0; n < 2; n += 1) {
      const late = await client.post(`/api/generations/${asked.id}/cancel`, {});
      assert.ok([200, 202].includes(late.status), late.text);
      assert.equal(late.json.status, "succeeded");
    }
    assert.deepEqual(await client.generation(asked.id), done);
  });

  test("before the provider has answered", async () => {
    const { client, model } = await person("cancel");
    const text = unique("canceled early");
    await studio.standIn.fault({ kind: "delay", ms: 1500 }, { prompt: text });
    const asked = await client.ask({ model, text, overrides: { steps: 4 } });
    await client.post(`/api/generations/${asked.id}/cancel`, {});
    const end = await client.finished(asked.id);
    assert.equal(end.status, "canceled");
    await until("nothing to run on", async () => {
      const mine = await studio.standIn.predictions(text);
      return mine.every(({ status }) => ["canceled", "aborted"].includes(status));
    });
  });

  test("what is not there", async () => {
    const { client } = await person("cancel");
    assertError(await client.post(`/api/generations/gen_${"0".repeat(26)}/cancel`, {}), 404, "not_found");
  });
});
