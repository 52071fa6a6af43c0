import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { Events } from "../harness/socket.js";
import { until } from "../harness/until.js";
import { person, studio, unique } from "./studio.js";

const ended = ({ state }) => ["succeeded", "failed", "canceled"].includes(state);
const post = (client, path, json, key = randomUUID()) =>
  client.post(path, json, { headers: { "idempotency-key": key } });
/** A list of compositions with few steps, each with `text` in it. */
const compositions = (text, count) =>
  Array.from({ length: count }, (_, number) => ({ text: `${text}, frame ${number}`, overrides: { steps: 4 } }));

/** Posts a series that must be accepted. */
async function make(client, path, json) {
  const answer = await post(client, path, json);
  assert.equal(answer.status, 202, answer.text);
  assert.equal(answer.headers.get("location"), `/api/series/${answer.json.id}`);
  return answer.json;
}

async function shown(client, id) {
  const answer = await client.get(`/api/series/${id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

const finished = (client, id) =>
  until(
    `series ${id} to end`,
    async () => {
      const series = await shown(client, id);
      return ended(series) && series;
    },
    { seconds: 60 },
  );

describe("shoots", () => {
  let client;
  let model;
  before(async () => ({ client, model } = await person("images")));

  test("are planned with every prompt before anything is stored or sent", async () => {
    const shoot = { model, collection: "editorial", shots: [0, 2], overrides: { steps: 4, seed: 70 } };
    const plan = await client.post("/api/shoots?dry_run=true", shoot);
    assert.equal(plan.status, 200, plan.text);
    assert.deepEqual(plan.json.cost, { pictures: 2, steps: 8, gpu_seconds: 2 });
    assert.equal(plan.json.queue_position, null);
    const [first] = plan.json.frames;
    assert.deepEqual(await studio.standIn.creates(first.prompt), []);

    const series = await make(client, "/api/shoots", shoot);
    assert.deepEqual(
      series.frames.map(({ generation }) => [generation.prompt, generation.seed]),
      plan.json.frames.map(({ prompt, composition }) => [prompt, composition.overrides.seed]),
    );
    const done = await finished(client, series.id);
    assert.equal(done.state, "succeeded");
    const [sent] = await studio.standIn.creates(first.prompt);
    assert.equal(sent.body.input.seed, 70);
  });

  test("are made of one's own compositions, once for each key", async () => {
    const request = { model, title: "Own", compositions: compositions(unique("a shoot"), 3) };
    const key = randomUUID();
    const first = await post(client, "/api/shoots", request, key);
    const again = await post(client, "/api/shoots", request, key);
    assert.equal(again.json.id, first.json.id);
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    assertError(await post(client, "/api/shoots", { ...request, title: "Other" }, key), 409, "idempotency_conflict");
    const done = await finished(client, first.json.id);
    assert.deepEqual(done.counts, { frames: 3, waiting: 0, under_way: 0, succeeded: 3, failed: 0, canceled: 0 });
    assert.deepEqual(done.cost, { pictures: 3, reserved: 0, used: 3 });
    assert.equal(done.cover.length, 3);
    const picture = await client.get(`/api/images/${done.cover[0].id}`);
    assert.equal(picture.status, 200);
    const listed = (await client.get("/api/series?limit=100")).json.series;
    assert.ok(listed.some(({ id, state }) => id === done.id && state === "succeeded"));
  });

  test("tell their progress as events", async () => {
    const events = await Events.open(client);
    const series = await make(client, "/api/shoots", {
      model,
      title: "Told",
      compositions: compositions(unique("an event"), 1),
    });
    const done = await events.next("the end", (event) => event.series?.id === series.id && ended(event.series));
    assert.equal(done.type, "series");
    assert.deepEqual(done.series.counts, (await shown(client, series.id)).counts);
    events.close();
  });

  test("are paused, resumed, and canceled where they have not begun", async () => {
    const text = unique("a pause");
    await studio.standIn.fault({ kind: "stuck", phase: "processing" }, { prompt: text, times: 4 });
    const series = await make(client, "/api/shoots", { model, title: "Pause", compositions: compositions(text, 7) });
    await until("four to begin", async () => (await studio.standIn.creates(text)).length === 4);
    const paused = await client.post(`/api/series/${series.id}/pause`);
    assert.equal(paused.json.paused, true);
    assert.equal(paused.json.counts.waiting, 3);
    for (const { generation } of paused.json.frames.slice(0, 4))
      await client.post(`/api/generations/${generation.id}/cancel`);
    await until("a stand-still", async () => (await shown(client, series.id)).state === "paused");
    assert.equal((await studio.standIn.creates(text)).length, 4);

    await client.post(`/api/series/${series.id}/resume`);
    const done = await finished(client, series.id);
    assert.equal(done.state, "succeeded");
    assert.equal(done.counts.canceled, 4);
    const retried = await post(client, `/api/series/${series.id}/frames/0/retry`);
    assert.equal(retried.status, 202, retried.text);
    assert.equal(retried.json.frames[0].earlier.length, 1);
    assert.equal((await finished(client, series.id)).counts.succeeded, 4);

    const other = unique("a rest");
    await studio.standIn.fault({ kind: "stuck", phase: "starting" }, { prompt: other, times: null });
    const stuck = await make(client, "/api/shoots", { model, title: "Rest", compositions: compositions(other, 6) });
    const rest = await client.post(`/api/series/${stuck.id}/cancel`);
    assert.ok(rest.json.counts.canceled >= 2, rest.text);
    assert.equal((await finished(client, stuck.id)).state, "canceled");
  });

  test("have frames that are made again with changes", async () => {
    const text = unique("a change");
    const series = await make(client, "/api/shoots", { model, title: "Change", compositions: compositions(text, 1) });
    await finished(client, series.id);
    const redo = `/api/series/${series.id}/frames/0/redo`;
    assertError(await post(client, redo, {}), 422, "invalid_value");
    assertError(await post(client, redo, { tekst: "x" }), 422, "unknown_field", "tekst");
    assertError(await client.post(redo, { text }), 400, "idempotency_key_required");
    const redone = await post(client, redo, { overrides: { steps: 5 } });
    assert.equal(redone.status, 202, redone.text);
    assert.equal((await finished(client, series.id)).cost.used, 2);
    assertError(await post(client, `/api/series/${series.id}/frames/0/retry`), 409, "frame_done");
    assertError(await post(client, `/api/series/${series.id}/frames/9/retry`), 404, "not_found");
    assertError(await post(client, `/api/series/${series.id}/frames/-1/retry`), 404, "not_found");
  });

  test("are renamed, deleted and restored", async () => {
    const text = unique("a bin");
    const { id } = await make(client, "/api/shoots", { model, title: "Bin", compositions: compositions(text, 2) });
    const address = `/api/series/${id}`;
    await finished(client, id);
    const rename = (json) => client.request("PATCH", address, { json });
    assert.equal((await rename({ title: "Spring" })).json.title, "Spring");
    assertError(await rename({ title: "" }), 422, "out_of_range", "title");
    assertError(await rename({}), 422, "missing_field", "title");
    assert.equal((await client.delete(address)).status, 204);
    assertError(await client.get(address), 404, "not_found");
    const restored = await client.post(`${address}/restore`);
    assert.equal(restored.json.counts.succeeded, 2, restored.text);
  });

  test("are refused by field, and nothing is charged", async () => {
    const { allowance } = (await client.get("/api/me")).json;
    for (const [request, code, field] of [
      [{ model }, "missing_field", "collection"],
      [{ model, collection: "wedding" }, "invalid_value", "collection"],
      [{ model, collection: "editorial", look: "Nobody's" }, "invalid_value", "look"],
      [{ model, compositions: [{ text: "x" }] }, "missing_field", "title"],
      [
        { model, title: "T", compositions: [{ text: "x" }, { text: "y", overrides: { steps: 51 } }] },
        "out_of_range",
        "compositions[1].overrides.steps",
      ],
    ]) {
      assertError(await post(client, "/api/shoots", request), 422, code, field);
      assertError(await client.post("/api/shoots?dry_run=true", request), 422, code, field);
    }
    assertError(await client.post("/api/shoots", { model }), 400, "idempotency_key_required");
    assertError(await client.post("/api/shoots?dry_run=maybe", { model }), 400, "invalid_query");
    const foreign = { model: `mdl_${"0".repeat(26)}`, collection: "editorial" };
    assertError(await post(client, "/api/shoots", foreign), 404, "not_found");
    assert.deepEqual((await client.get("/api/me")).json.allowance, allowance);
  });
});

describe("comparisons", () => {
  let client;
  let model;
  before(async () => ({ client, model } = await person("images")));

  test("vary their axes alone, are voted on blindly, and sum up what was preferred", async () => {
    const comparison = await make(client, "/api/comparisons", {
      model,
      composition: { text: unique("a comparison"), overrides: { output_format: "png" } },
      axes: [
        { parameter: "steps", values: [4, 6] },
        { parameter: "lora_scale", values: [0.5, 1] },
      ],
    });
    assert.equal(comparison.title, "Steps: 4, 6; LoRA scale: 0.5, 1");
    assert.deepEqual(
      comparison.frames.map(({ place, differs }) => [place.row, place.column, ...differs.map(({ value }) => value)]),
      [
        [0, 0, 4, 0.5],
        [0, 1, 6, 0.5],
        [1, 0, 4, 1],
        [1, 1, 6, 1],
      ],
    );
    const done = await finished(client, comparison.id);
    assert.equal(new Set(done.frames.map(({ generation }) => generation.seed)).size, 1);
    const steps = done.frames.map(
      ({ generation }) => generation.effects.find(({ parameter }) => parameter === "steps").value,
    );
    assert.deepEqual(steps, [4, 6, 4, 6]);

    const [few, many, , both] = done.frames.map(({ generation }) => generation.pictures[0].id);
    const votes = `/api/series/${comparison.id}/votes`;
    const voted = await client.post(votes, { first: few, second: many, preferred: "second", blind: true });
    assert.equal(voted.json.votes.length, 1, voted.text);
    await client.post(votes, { first: few, second: both, preferred: "first" });
    const preferences = (await client.get("/api/preferences")).json;
    assert.deepEqual([preferences.votes, preferences.blind, preferences.undecided], [2, 1, 1]);
    const [{ parameter, values }] = preferences.parameters;
    assert.equal(parameter, "steps");
    assert.deepEqual(
      values.map(({ value, wins, losses, ties }) => [value, wins, losses, ties]),
      [
        [6, 1, 0, 0],
        [4, 0, 1, 0],
      ],
    );
    assert.ok(values[0].share.low > 0.2 && values[0].share.low < 0.21, JSON.stringify(values[0].share));
    assert.match(preferences.source, /Wilson/);

    assertError(
      await client.post(votes, { first: few, second: few, preferred: "tie" }),
      422,
      "invalid_value",
      "second",
    );
    assertError(await client.post(votes, { first: few }), 422, "missing_field");
    const redo = `/api/series/${comparison.id}/frames/0/redo`;
    assertError(await post(client, redo, { text: "elsewhere" }), 409, "cell_fixed");
  });

  test("are refused by field", async () => {
    const composition = { text: "a comparison" };
    const steps = (values) => ({ parameter: "steps", values });
    for (const [axes, code, field] of [
      [[], "out_of_range", "axes"],
      [[steps([4])], "out_of_range", "axes[0].values"],
      [[steps([4, 4])], "invalid_value", "axes[0].values[1]"],
      [[steps([4, "many"])], "invalid_value", "axes[0].values[1]"],
      [[steps([4, 99])], "out_of_range", "composition.overrides.steps"],
      [[{ parameter: "weights", values: [1, 2] }], "invalid_value", "axes[0].parameter"],
      [[{ parameter: "enhancement_scale", values: [0.5, 1] }], "invalid_value", "axes"],
    ])
      assertError(await post(client, "/api/comparisons", { model, composition, axes }), 422, code, field);
    const axes = [{ parameter: "model", values: [model, `mdl_${"0".repeat(26)}`] }];
    assertError(await post(client, "/api/comparisons", { model, composition, axes }), 404, "not_found");
  });
});
