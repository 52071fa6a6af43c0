import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { sleep, until } from "../harness/until.js";
import { deliver as signed } from "../harness/webhook.js";
import { person, studio, unique } from "./studio.js";

const deliver = (...delivery) => signed(studio, ...delivery);

/** A generation that stays half-way, with the address that its webhooks come to. */
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
    "it to stand still",
    async () => {
      const now = JSON.stringify(await client.generation(made.id));
      const still = now === last;
      last = now;
      return still;
    },
    { every: 1500 },
  );
  const [prediction] = await studio.standIn.predictions(text);
  return { client, user: id, id: made.id, path: new URL(create.body.webhook).pathname, prediction };
}

describe("webhooks", () => {
  test("that nobody signed do not make the edge ask the provider anything", async () => {
    const before = (await studio.standIn.requests()).length;
    const path = `/hooks/replicate/nobody/gen_${"0".repeat(26)}/${"a".repeat(32)}`;
    const old = Math.floor(Date.now() / 1000) - 360;
    for (const headers of [
      {},
      { "webhook-id": "msg_1", "webhook-timestamp": String(old), "webhook-signature": "v1,AAAA" },
    ]) {
      const answer = await studio
        .anonymous()
        .request("POST", path, { body: "{}", headers: { origin: undefined, ...headers } });
      assert.ok([401, 404].includes(answer.status), answer.text);
      assert.equal((await studio.standIn.requests()).length, before);
    }
  });

  test("that are forged, touched or old are refused and change nothing", async () => {
    const { client, id, path, prediction } = await stuck();
    const body = JSON.stringify({
      ...prediction,
      status: "succeeded",
      output: [`${studio.standIn.origin}/delivery/x/out-0.webp`],
    });
    const before = await client.generation(id);
    const now = Math.floor(Date.now() / 1000);
    const refused = {
      "another secret": deliver(path, body, {
        secret: `whsec_${Buffer.from("another secret, long enough").toString("base64")}`,
      }),
      "an empty secret": deliver(path, body, { secret: "whsec_" }),
      "no signature": deliver(path, body, { headers: { "webhook-signature": undefined } }),
      "no timestamp": deliver(path, body, { headers: { "webhook-timestamp": undefined } }),
      "no id": deliver(path, body, { headers: { "webhook-id": undefined } }),
      "an unknown scheme": deliver(path, body, { headers: { "webhook-signature": "v2,AAAA" } }),
      "six minutes old": deliver(path, body, { at: now - 360 }),
      "six minutes early": deliver(path, body, { at: now + 360 }),
    };
    for (const [what, answer] of Object.entries(refused)) {
      const { status, text } = await answer;
      assert.ok(status >= 400 && status < 500, `${what}: ${status} ${text}`);
    }
    assert.deepEqual(await client.generation(id), before);
    await client.post(`/api/generations/${id}/cancel`, {});
  });

  test("with another nonce, generation or person change nothing, however well signed", async () => {
    const { client, id, path, user, prediction } = await stuck();
    const other = await person("maker");
    const body = JSON.stringify({ ...prediction, status: "succeeded" });
    const mine = await client.generation(id);
    const theirs = (await other.client.get("/api/generations")).text;
    for (const wrong of [
      path.replace(/[0-9a-f]{32}$/, "0".repeat(32)),
      path.replace(/[0-9a-f]{32}$/, "x"),
      path.replace(id, `gen_${"0".repeat(26)}`),
      path.replace(`/${user}/`, `/${other.id}/`),
      path.replace(`/${user}/`, "/nobody-at-all/"),
      path.replace("replicate", "fal"),
    ]) {
      const { status, where } = await deliver(wrong, body);
      assert.ok(status === 404 || status === 204, where);
    }
    await sleep(300);
    assert.deepEqual(await client.generation(id), mine);
    assert.equal((await other.client.get("/api/generations")).text, theirs);
    await client.post(`/api/generations/${id}/cancel`, {});
  });

  test("are a hint: what the provider says when asked is what counts", async () => {
    const { client, id, path, prediction } = await stuck();
    const lie = JSON.stringify({
      ...prediction,
      status: "succeeded",
      output: [`${studio.standIn.origin}/delivery/x/out-0.webp`],
    });
    const answer = await deliver(path, lie);
    assert.ok(answer.status >= 200 && answer.status < 300, answer.text);
    await sleep(500);
    const generation = await client.generation(id);
    assert.ok(["booting", "generating"].includes(generation.status), generation.status);
    assert.deepEqual(generation.pictures, []);
    await client.post(`/api/generations/${id}/cancel`, {});
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
      const late = await deliver(
        new URL(create.body.webhook).pathname,
        JSON.stringify({ id: "late", status: "failed" }),
      );
      assert.ok(late.status < 500, late.text);
      await sleep(200);
      assert.deepEqual(await client.generation(made.id), done);
    }
  });

  test("that are not JSON, or enormous, break nothing", async () => {
    const { client, id, path } = await stuck();
    for (const body of ["", "not json", "[]", "null", `"${"x".repeat(2_000_000)}"`]) {
      const answer = await deliver(path, body);
      assert.ok(answer.status < 500, answer.where);
    }
    await client.post(`/api/generations/${id}/cancel`, {});
  });

  test("take no other method", async () => {
    const { client, id, path } = await stuck();
    const answer = await studio.anonymous().get(path);
    assertError(answer, 405, "method_not_allowed");
    await client.post(`/api/generations/${id}/cancel`, {});
  });
});
