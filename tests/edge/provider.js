import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { person, studio, unique } from "./studio.js";

/** Words about the operator's account and credentials, which must never reach a person. */
export const PRIVATE = /credit|billing|token|r8_|unauthenticated|insufficient|replicate\.com|401|402/i;

describe("when the provider", () => {
  const failing = async (action, match = {}) => {
    const { client, model } = await person("provider");
    const text = unique("trouble");
    const before = (await client.get("/api/me")).json.allowance;
    await studio.standIn.fault(action, { prompt: text, ...match });
    const made = await client.ask({ model, text, overrides: { steps: 4 } });
    const done = await client.finished(made.id, 60);
    const creates = (await studio.standIn.creates(text)).length;
    const after = (await client.get("/api/me")).json.allowance;
    assert.equal(after.reserved, before.reserved, "nothing stays reserved");
    assert.equal(after.used - before.used, done.pictures.length, "stored pictures are charged, no others");
    return { done, creates, text };
  };
  /** The lines with a `detail` that the operator's log has about a generation. */
  const logged = ({ id }) =>
    studio.worker.server.log
      .split("\n")
      .filter((line) => line.includes(id) && line.includes('"detail"'))
      .join("\n");

  for (const status of [401, 402, 403]) {
    test(`answers ${status}, the failure says nothing about its account`, async () => {
      const { done, creates } = await failing({ kind: "status", status });
      assert.equal(done.status, "failed");
      assert.equal(done.failure.code, "provider_unavailable");
      assert.doesNotMatch(done.failure.message, PRIVATE);
      assert.equal(creates, 1);
      assert.match(logged(done), new RegExp(`HTTP ${status}\\b`), "the operator's log says why");
    });
  }

  test("refuses an input, the failure names the field", async () => {
    const body = JSON.stringify({
      title: "Input validation failed",
      detail: "- input.num_inference_steps: Must be less than or equal to 2\n",
      status: 422,
      invalid_fields: [
        { type: "number_lte", field: "input.num_inference_steps", description: "Must be less than or equal to 2" },
      ],
    });
    const { done } = await failing({ kind: "status", status: 422, body, content_type: "application/json" });
    assert.equal(done.status, "failed");
    assert.equal(done.failure.code, "input_refused");
    assert.equal(done.failure.field, "overrides.steps");
  });

  test("quotes the prompt, the operator's log leaves it out", async () => {
    const { client, model } = await person("provider");
    const text = unique("whispered in the orchard at night");
    const body = JSON.stringify({ title: "Input validation failed", detail: `user42585527, ${text}: no`, status: 422 });
    await studio.standIn.fault(
      { kind: "status", status: 422, body, content_type: "application/json" },
      { prompt: text },
    );
    const done = await client.finished((await client.ask({ model, text, overrides: { steps: 4 } })).id, 60);
    assert.match(logged(done), /HTTP 422: Input validation failed/);
    assert.ok(!studio.worker.server.log.includes("whispered in the orchard"));
  });

  test("no longer knows the version, the model is unavailable", async () => {
    const body = JSON.stringify({
      title: "Invalid version or not permitted",
      detail: "The specified version does not exist (or perhaps you don't have permission to use it?)",
      status: 422,
    });
    const { done } = await failing({ kind: "status", status: 422, body, content_type: "application/json" });
    assert.equal(done.failure.code, "model_unavailable");
  });

  test("asks to wait, the create is repeated after the wait", async () => {
    const { done, creates, text } = await failing({ kind: "status", status: 429, retry_after: 1 });
    assert.equal(done.status, "succeeded");
    assert.equal(creates, 2);
    const [refused, accepted] = await studio.standIn.creates(text);
    assert.deepEqual(refused.body, accepted.body);
  });

  test("accepts a create and its response is lost, the prediction is found", async () => {
    const { done, creates } = await failing({ kind: "accept_then_drop" });
    assert.equal(creates, 1);
    assert.equal(done.status, "succeeded");
    assert.equal(done.pictures.length, 1);
  });

  test("sends half a response to a create, the prediction is found", async () => {
    const { done, creates } = await failing({ kind: "cut" });
    assert.equal(creates, 1);
    assert.equal(done.status, "succeeded");
  });

  test("loses every webhook, polling finds the result", async () => {
    const { done } = await failing({ kind: "webhook", mode: "lost" });
    assert.equal(done.status, "succeeded");
  });

  test("fails half-way, the failure is in plain words", async () => {
    const { done } = await failing({
      kind: "failed",
      message: "CUDA error: device-side assert triggered at /src/x.py:77",
    });
    assert.equal(done.status, "failed");
    assert.equal(done.failure.code, "provider_failed");
    assert.doesNotMatch(done.failure.message, /\/src\/x\.py/);
    assert.match(logged(done), /device-side assert/, "the operator's log says why");
  });

  test("aborts before the start, the generation fails", async () => {
    const { done } = await failing({ kind: "aborted" });
    assert.equal(done.status, "failed");
    assert.equal(done.failure.code, "not_started");
  });

  test("cannot be read for a while, polling goes on", async () => {
    const { client, model } = await person("provider");
    const text = unique("unreadable");
    await studio.standIn.fault({ kind: "status", status: 503 }, { endpoint: "get", prompt: text, times: 3 });
    const made = await client.ask({ model, text, overrides: { steps: 4 } });
    const done = await client.finished(made.id, 60);
    assert.equal(done.status, "succeeded");
    assert.equal((await studio.standIn.creates(text)).length, 1);
  });
});
