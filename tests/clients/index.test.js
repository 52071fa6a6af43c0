// The unmodified npm client of Replicate against the stand-in.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, beforeEach, describe, test } from "node:test";
import Replicate, { parseProgressFromLogs, validateWebhook } from "replicate";
import { StandIn, TOKEN } from "../harness/stand-in.js";
import { until } from "../harness/until.js";

const OFFICIAL = "black-forest-labs/flux-dev-lora";
const LORA = "studio/ada-selfie-lora";

/** @type {StandIn} */
let standIn;
/** @type {Replicate} */
let replicate;
/** @type {string} */
let version;

before(async () => {
  standIn = await StandIn.start({ speed: 20 });
  replicate = new Replicate({ auth: TOKEN, baseUrl: `${standIn.origin}/v1`, useFileOutput: false });
  version = (await replicate.models.get("studio", "ada-selfie-lora")).latest_version.id;
});
after(() => standIn?.stop());
beforeEach(() => standIn.clearFaults());

const input = (prompt, rest = {}) => ({ prompt, num_inference_steps: 10, output_format: "png", ...rest });

const failing = async (promise) => {
  const error = await promise.then(
    () => assert.fail("it succeeded"),
    (error) => error,
  );
  assert.ok(error.response, String(error));
  return { status: error.response.status, message: error.message };
};

describe("run", () => {
  test("an official model, blocking until the pictures are done", async () => {
    const output = await replicate.run(OFFICIAL, { input: input("run official", { lora_weights: LORA }) });
    assert.equal(output.length, 1);
    const picture = await fetch(output[0]);
    assert.equal(picture.headers.get("content-type"), "image/png");
    assert.equal(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
      "PNG",
    );
    const [create] = await standIn.creates("run official");
    assert.match(create.path, /\/models\/black-forest-labs\/flux-dev-lora\/predictions$/);
  });

  test("a version, polling", async () => {
    const seen = new Set();
    const output = await replicate.run(
      `${LORA}:${version}`,
      { input: input("run polled", { num_outputs: 2, num_inference_steps: 28 }), wait: { mode: "poll", interval: 20 } },
      (prediction) => seen.add(prediction.status),
    );
    assert.equal(output.length, 2);
    assert.ok(seen.has("succeeded") && seen.has("processing"), [...seen].join());
    const [create] = await standIn.creates("run polled");
    assert.equal(create.body.version, version);
  });

  test("a blocking wait that is too short continues by polling", async () => {
    const slow = await StandIn.start({ speed: 4 });
    try {
      const client = new Replicate({ auth: TOKEN, baseUrl: `${slow.origin}/v1`, useFileOutput: false });
      const output = await client.run(`${LORA}:${version}`, {
        input: input("run slow"),
        wait: { mode: "block", timeout: 1, interval: 50 },
      });
      assert.equal(output.length, 1);
    } finally {
      await slow.stop();
    }
  });

  test("a failed prediction rejects with the model's message", async () => {
    await standIn.fault({ kind: "failed", message: "CUDA out of memory" }, { prompt: "run failing" });
    await assert.rejects(
      replicate.run(`${LORA}:${version}`, { input: input("run failing") }),
      /Prediction failed: CUDA out of memory/,
    );
  });

  test("all pictures filtered", async () => {
    await standIn.fault({ kind: "nsfw", images: "all" }, { prompt: "run filtered" });
    await assert.rejects(replicate.run(`${LORA}:${version}`, { input: input("run filtered") }), /NSFW/);
  });

  test("an abort signal cancels the prediction", async () => {
    await standIn.fault({ kind: "stuck" }, { prompt: "run aborted" });
    const controller = new AbortController();
    const run = replicate.run(
      `${LORA}:${version}`,
      { input: input("run aborted"), wait: { mode: "poll", interval: 20 }, signal: controller.signal },
      (prediction) => prediction.status === "processing" && controller.abort(),
    );
    await run.catch(() => {});
    const cancels = (await standIn.requests()).filter(({ path }) => path.endsWith("/cancel"));
    assert.equal(cancels.length, 1);
  });

  test("the same seed and parameters give the same bytes, another seed others", async () => {
    const bytes = async (seed) => {
      const [url] = await replicate.run(`${LORA}:${version}`, { input: input("run seeded", { seed }) });
      return Buffer.from(await (await fetch(url)).arrayBuffer());
    };
    const [first, again, other] = [await bytes(7), await bytes(7), await bytes(8)];
    assert.ok(first.equals(again));
    assert.ok(!first.equals(other));
  });
});

describe("predictions", () => {
  test("create, get and list", async () => {
    const created = await replicate.predictions.create({ version, input: input("created") });
    assert.match(created.id, /^[a-z0-9]{26}$/);
    assert.equal(created.status, "starting");
    assert.equal(created.version, version);
    assert.equal(created.model, LORA);
    const done = await replicate.wait(created, { interval: 20 });
    assert.equal(done.status, "succeeded");
    assert.match(done.logs, /^Using seed: \d+/m);
    const got = await replicate.predictions.get(created.id);
    assert.deepEqual(got.output, done.output);
    const page = await replicate.predictions.list();
    assert.ok(page.results.some(({ id }) => id === created.id));
  });

  test("the client reads progress from the logs", async () => {
    await standIn.fault({ kind: "slow", factor: 3 }, { prompt: "progress read" });
    const created = await replicate.predictions.create({
      version,
      input: input("progress read", { num_inference_steps: 28 }),
    });
    const progress = await until("progress", async () =>
      parseProgressFromLogs(await replicate.predictions.get(created.id)),
    );
    assert.equal(progress.total, 28);
    assert.ok(progress.current <= 28 && progress.percentage <= 1);
    await replicate.predictions.cancel(created.id);
  });

  test("cancel", async () => {
    await standIn.fault({ kind: "stuck" }, { prompt: "canceled" });
    const created = await replicate.predictions.create({ version, input: input("canceled") });
    const canceled = await replicate.predictions.cancel(created.id);
    assert.equal(canceled.id, created.id);
    const end = await until("the cancel", async () => {
      const prediction = await replicate.predictions.get(created.id);
      return prediction.status === "canceled" && prediction;
    });
    assert.ok(end.completed_at);
  });

  test("a blocking create returns the finished prediction", async () => {
    const created = await replicate.predictions.create({ version, input: input("create blocking"), wait: 10 });
    assert.equal(created.status, "succeeded");
    assert.equal(created.output.length, 1);
  });

  test("models and versions", async () => {
    const model = await replicate.models.get("studio", "ben-selfie-lora");
    assert.equal(model.visibility, "private");
    const got = await replicate.models.versions.get("studio", "ben-selfie-lora", model.latest_version.id);
    assert.ok(got.openapi_schema.components.schemas.Input.properties.prompt);
    const account = await replicate.accounts.current();
    assert.equal(account.username, "studio");
  });
});

describe("streams", () => {
  test("each output is an event, and done ends the stream", async () => {
    const events = [];
    for await (const { event, data } of replicate.stream(`${LORA}:${version}`, {
      input: input("streamed", { num_outputs: 2 }),
    })) {
      events.push([event, data]);
    }
    const [{ output }] = await standIn.predictions("streamed");
    assert.deepEqual(events, [
      ["output", output[0]],
      ["output", output[1]],
      ["done", "{}"],
    ]);
  });
});

describe("files and trainings", () => {
  test("a file is uploaded, listed and deleted", async () => {
    const file = await replicate.files.create(new File(["PK pictures"], "ada.zip", { type: "application/zip" }), {
      person: "ada",
    });
    assert.deepEqual([file.content_type, file.size, file.metadata], ["application/zip", 11, { person: "ada" }]);
    assert.deepEqual(await replicate.files.get(file.id), file);
    assert.deepEqual((await replicate.files.list()).results, [file]);
    assert.equal(await replicate.files.delete(file.id), true);
    assert.equal((await failing(replicate.files.get(file.id))).status, 404);
  });

  test("a training is created, listed and canceled", async () => {
    const training = await replicate.trainings.create("studio", "ada-selfie-lora", version, {
      destination: LORA,
      input: { input_images: "https://example.com/ada.zip" },
    });
    assert.equal(training.status, "starting");
    assert.equal((await replicate.trainings.list()).results[0].id, training.id);
    assert.equal((await replicate.trainings.cancel(training.id)).status, "canceled");
    assert.equal((await replicate.trainings.get(training.id)).status, "canceled");
  });
});

describe("webhooks", () => {
  test("validate, and fail to validate when altered", async () => {
    const secret = (await replicate.webhooks.default.secret.get()).key;
    assert.match(secret, /^whsec_/);
    const received = [];
    const receiver = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.end();
    }).listen(0, "127.0.0.1");
    await once(receiver, "listening");
    try {
      await replicate.predictions.create({
        version,
        input: input("with a webhook"),
        webhook: `http://127.0.0.1:${receiver.address().port}/hook`,
        webhook_events_filter: ["completed"],
      });
      const { headers, body } = await until("the webhook", () => received[0]);
      assert.equal(JSON.parse(body).status, "succeeded");
      const signed = {
        id: headers["webhook-id"],
        timestamp: headers["webhook-timestamp"],
        signature: headers["webhook-signature"],
        secret,
      };
      assert.equal(await validateWebhook({ ...signed, body }), true);
      assert.equal(await validateWebhook({ ...signed, body: `${body} ` }), false);
      assert.equal(received.length, 1);
    } finally {
      receiver.closeAllConnections();
      receiver.close();
    }
  });

  test("the published test vector validates", async () => {
    const vector = {
      id: "msg_2test",
      timestamp: "1700000000",
      body: '{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded"}',
      secret: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
      signature: "v1,HsV4on7+m6q0LzS5YPTQiqwuzW8MLZaTV0tzZ9nkrIU=",
    };
    assert.equal(await validateWebhook(vector), true);
  });
});

describe("errors", () => {
  test("an invalid token", async () => {
    const stranger = new Replicate({ auth: "nothing", baseUrl: `${standIn.origin}/v1` });
    const { status, message } = await failing(stranger.predictions.create({ version, input: input("no token") }));
    assert.equal(status, 401);
    assert.match(message, /You did not pass a valid authentication token/);
  });

  test("an unknown version", async () => {
    const { status, message } = await failing(
      replicate.predictions.create({ version: "0".repeat(64), input: input("no version") }),
    );
    assert.equal(status, 422);
    assert.match(message, /Invalid version or not permitted/);
  });

  test("an input out of range names its field", async () => {
    const { status, message } = await failing(
      replicate.predictions.create({ version, input: input("out of range", { num_inference_steps: 51 }) }),
    );
    assert.equal(status, 422);
    assert.match(message, /input\.num_inference_steps/);
    assert.match(message, /number_lte/);
  });

  test("an unknown input is ignored and recorded", async () => {
    const created = await replicate.predictions.create({
      version,
      input: input("unknown input", { guidance_scales: 9 }),
    });
    assert.equal(created.status, "starting");
    const [create] = await standIn.creates("unknown input");
    assert.equal(create.body.input.guidance_scales, 9);
  });

  test("a 402 has the account's state in its detail", async () => {
    await standIn.fault({ kind: "status", status: 402 }, { prompt: "no credit" });
    const { status, message } = await failing(replicate.predictions.create({ version, input: input("no credit") }));
    assert.equal(status, 402);
    assert.match(message, /insufficient credit/i);
  });

  test("the client retries a 429", async () => {
    await standIn.fault({ kind: "status", status: 429, retry_after: 1 }, { prompt: "throttled", times: 2 });
    const created = await replicate.predictions.create({ version, input: input("throttled") });
    assert.equal(created.status, "starting");
    assert.equal((await standIn.creates("throttled")).length, 3);
  });

  test("an unknown prediction", async () => {
    const { status } = await failing(replicate.predictions.get("a".repeat(26)));
    assert.equal(status, 404);
  });

  test("the record of requests holds no token", async () => {
    const text = JSON.stringify(await standIn.requests());
    assert.ok(!text.includes(TOKEN), "the record shows a token");
  });
});
