import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError, Client } from "../harness/client.js";
import { sleep, until } from "../harness/until.js";
import { makesStudioLook, post, deliver as signed, webhookSecret } from "../harness/webhook.js";
import { Worker } from "../harness/worker.js";
import { person, studio, unique } from "./studio.js";

const deliver = (...delivery) => signed(studio, ...delivery);

/** A generation whose prediction never ends, with the path of its webhooks. */
async function stuck() {
  const { client, model, id } = await person("webhooks");
  const text = unique("hooked");
  await studio.standIn.fault({ kind: "stuck" }, { prompt: text });
  const made = await client.ask({ model, text, overrides: { steps: 4 } });
  const [create] = await until("the create", async () => {
    const creates = await studio.standIn.creates(text);
    return creates.length > 0 && creates;
  });
  let last = "";
  await until(
    "the generation to stand still",
    async () => {
      const now = JSON.stringify(await client.generation(made.id));
      const still = now === last;
      last = now;
      return still;
    },
    { every: 1500 },
  );
  const [prediction] = await studio.standIn.predictions(text);
  const cancel = () => client.post(`/api/generations/${made.id}/cancel`, {});
  return { client, user: id, id: made.id, path: new URL(create.body.webhook).pathname, prediction, cancel };
}

describe("webhooks", () => {
  test("without a fresh signature never reach the provider", async () => {
    // A new Worker has not fetched the secret yet, so every check of a signature would show at the stand-in.
    const worker = await Worker.start({ STAND_IN_URL: studio.standIn.origin });
    try {
      const client = new Client(worker.origin);
      const path = `/hooks/replicate/nobody/gen_${"0".repeat(26)}/${"a".repeat(32)}`;
      const secret = await webhookSecret(studio.standIn);
      const fetches = async () =>
        (await studio.standIn.requests()).filter((request) => request.path.endsWith("/webhooks/default/secret")).length;
      const before = await fetches();
      const old = Math.floor(Date.now() / 1000) - 360;
      for (const options of [
        { headers: { "webhook-id": undefined, "webhook-timestamp": undefined, "webhook-signature": undefined } },
        { headers: { "webhook-signature": undefined } },
        { at: old },
      ]) {
        assertError(await post(client, path, "{}", { secret, ...options }), 401, "unauthenticated");
      }
      assert.equal(await fetches(), before);
      await post(client, path, JSON.stringify({ id: "a".repeat(26) }), { secret });
      assert.equal(await fetches(), before + 1, "a fresh signature is checked");
    } finally {
      await worker.stop();
    }
  });

  test("that are forged, altered or old are refused and change nothing", async () => {
    const { client, id, path, prediction, cancel } = await stuck();
    const body = JSON.stringify({
      ...prediction,
      status: "succeeded",
      output: [`${studio.standIn.origin}/delivery/x/out-0.webp`],
    });
    const before = await client.generation(id);
    const now = Math.floor(Date.now() / 1000);
    const another = `whsec_${Buffer.from("another secret, long enough").toString("base64")}`;
    for (const [what, options] of Object.entries({
      "another secret": { secret: another },
      "an empty secret": { secret: "whsec_" },
      "no signature": { headers: { "webhook-signature": undefined } },
      "no timestamp": { headers: { "webhook-timestamp": undefined } },
      "no id": { headers: { "webhook-id": undefined } },
      "an unknown scheme": { headers: { "webhook-signature": "v2,AAAA" } },
      "six minutes old": { at: now - 360 },
      "six minutes early": { at: now + 360 },
    })) {
      const response = await deliver(path, body, options);
      assert.equal(response.status, 401, `${what}: ${response.text}`);
    }
    assert.deepEqual(await client.generation(id), before);
    await cancel();
  });

  test("make the studio look, and the provider's answer to that is what counts", async () => {
    const { client, id, path, prediction, cancel } = await stuck();
    const output = [`${studio.standIn.origin}/delivery/x/out-0.webp`];
    assert.ok(await makesStudioLook(studio, path, { ...prediction, status: "succeeded", output }));
    await sleep(500);
    const generation = await client.generation(id);
    assert.ok(["booting", "generating"].includes(generation.status), generation.status);
    assert.deepEqual(generation.pictures, []);
    await cancel();
  });

  test("for another nonce, generation or person are ignored, however well signed", async () => {
    const { path, user, id, prediction, cancel } = await stuck();
    const other = await person("maker");
    for (const wrong of [
      path.replace(/[0-9a-f]{32}$/, "0".repeat(32)),
      path.replace(id, `gen_${"0".repeat(26)}`),
      path.replace(`/${user}/`, `/${other.id}/`),
      path.replace(`/${user}/`, "/nobody-at-all/"),
    ]) {
      assert.equal(await makesStudioLook(studio, wrong, prediction), false, wrong);
    }
    for (const wrong of [path.replace(/[0-9a-f]{32}$/, "x"), path.replace("replicate", "fal")]) {
      assertError(await deliver(wrong, JSON.stringify(prediction)), 404, "not_found");
    }
    await cancel();
  });

  test("that come twice, late or out of order change nothing", async () => {
    for (const mode of ["duplicated", "reordered", "bad_signature"]) {
      const { client, model } = await person("webhooks");
      const text = unique(mode);
      await studio.standIn.fault({ kind: "webhook", mode }, { prompt: text });
      const made = await client.ask({ model, text, overrides: { steps: 4 } });
      const done = await client.finished(made.id);
      assert.equal(done.status, "succeeded", mode);
      assert.equal(done.pictures.length, 1, mode);
      const [create] = await studio.standIn.creates(text);
      const [prediction] = await studio.standIn.predictions(text);
      const late = JSON.stringify({ ...prediction, status: "failed" });
      assert.equal((await deliver(new URL(create.body.webhook).pathname, late)).status, 204);
      await sleep(200);
      assert.deepEqual(await client.generation(made.id), done);
    }
  });

  test("without a prediction's JSON are refused, and the next one is taken", async () => {
    const { path, prediction, cancel } = await stuck();
    for (const body of ["", "not json", "[]", "null", '{"id":7}']) {
      assertError(await deliver(path, body), 401, "unauthenticated");
    }
    assertError(await deliver(path, `"${"x".repeat(2_000_000)}"`), 413, "body_too_large");
    assert.equal((await deliver(path, JSON.stringify(prediction))).status, 204);
    await cancel();
  });

  test("take no other method", async () => {
    const { path, cancel } = await stuck();
    assertError(await studio.anonymous().get(path), 405, "method_not_allowed");
    await cancel();
  });
});
