import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { Events } from "../harness/socket.js";
import { person, studio, unique } from "./studio.js";

describe("a picture", () => {
  test("is made from the request to the stored bytes", async () => {
    const { client, model } = await person("maker");
    const text = unique("reading by a window");
    const before = (await client.get("/api/me")).json.allowance.used;
    const answer = await client.generate({ model, text, overrides: { steps: 8, output_format: "png" } });
    assert.equal(answer.status, 202, answer.text);
    const made = answer.json;
    assert.equal(answer.headers.get("location"), `/api/generations/${made.id}`);
    assert.match(made.id, /^gen_[0-9a-z]{26}$/);
    assert.ok(["waiting", "booting", "generating"].includes(made.status));
    assert.ok(made.prompt.includes(text));
    assert.equal(made.spans.map((span) => span.text).join(""), made.prompt);
    assert.ok(made.request.overrides.seed > 0, "a seed is drawn");

    const done = await client.finished(made.id);
    assert.equal(done.status, "succeeded");
    assert.equal(done.failure, null);
    assert.ok(Date.parse(done.finished_at) >= Date.parse(done.created_at));
    assert.equal(done.pictures.length, 1);
    const [picture] = done.pictures;
    assert.equal(picture.format, "png");
    assert.equal(picture.recipe.seed, made.request.overrides.seed);
    assert.equal(picture.recipe.input.prompt, done.prompt);
    assert.deepEqual(picture.recipe.parts, done.spans);
    // JavaScript keeps the order of keys, so this is the canonical JSON that the id is the hash of.
    assert.equal(createHash("sha256").update(JSON.stringify(picture.recipe)).digest("hex"), picture.recipe_id);

    const image = await client.get(`/api/images/${picture.id}`);
    assert.equal(image.status, 200);
    assert.equal(image.bytes.length, picture.bytes);
    assert.equal(image.bytes.subarray(1, 4).toString(), "PNG");
    const used = (await client.get("/api/me")).json.allowance;
    assert.equal(used.used, before + 1);
    assert.equal(used.reserved, 0);
  });

  test("comes four at once in each format", async () => {
    const { client, model } = await person("maker");
    for (const [format, start] of [
      ["webp", "RIFF"],
      ["jpg", "\u00ff\u00d8"],
    ]) {
      const made = await client.ask({
        model,
        text: unique(`four as ${format}`),
        pictures: 4,
        overrides: { steps: 4, output_format: format },
      });
      const done = await client.finished(made.id);
      assert.deepEqual(
        done.pictures.map(({ index }) => index),
        [0, 1, 2, 3],
      );
      const bytes = await Promise.all(
        done.pictures.map(async ({ id }) => (await client.get(`/api/images/${id}`)).bytes),
      );
      assert.equal(new Set(bytes.map((one) => one.toString("base64"))).size, 4, "four different pictures");
      for (const one of bytes) assert.ok(one.toString("latin1").startsWith(start), format);
    }
  });

  test("has the provider's progress, which never goes back", async () => {
    const { client, model } = await person("maker");
    const text = unique("slowly");
    await studio.standIn.fault({ kind: "slow", factor: 8 }, { prompt: text });
    const events = await Events.open(client);
    const made = await client.ask({ model, text, overrides: { steps: 28 } });
    await events.next(
      "the end",
      (m) => m.type === "generation" && m.generation.id === made.id && m.generation.status === "succeeded",
    );
    const states = events.of(made.id);
    const order = ["waiting", "booting", "generating", "saving", "succeeded"];
    const phases = states.map(({ status }) => order.indexOf(status));
    assert.deepEqual(
      phases,
      [...phases].sort((a, b) => a - b),
      states.map(({ status }) => status).join(),
    );
    const revisions = states.map(({ revision }) => revision);
    assert.deepEqual(
      revisions,
      [...new Set(revisions)].sort((a, b) => a - b),
    );
    const percents = states.filter(({ progress }) => progress).map(({ progress }) => progress);
    assert.ok(percents.length >= 2, "progress was reported");
    for (const { percent, step, steps } of percents) {
      assert.equal(steps, 28);
      assert.ok(step <= 28 && percent <= 100);
    }
    assert.deepEqual(
      percents.map(({ step }) => step),
      percents.map(({ step }) => step).sort((a, b) => a - b),
    );
    events.close();
  });

  test("needs a model of one's own", async () => {
    const { client } = await person("maker");
    const text = unique("not mine");
    const { model } = await person("session");
    const answer = await client.generate({ model, text });
    assert.equal(answer.status, 404);
    assert.deepEqual(await studio.standIn.creates(text), []);
  });
});
