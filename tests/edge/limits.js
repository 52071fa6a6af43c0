import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { Events } from "../harness/socket.js";
import { sleep, until } from "../harness/until.js";
import { person, studio, unique } from "./studio.js";

/** Asserts a refusal that says in the header and in the sentence when to ask again. */
function assertRateLimited(answer) {
  assertError(answer, 429, "rate_limited");
  const seconds = answer.headers.get("retry-after");
  assert.match(seconds, /^[1-9]\d*$/);
  assert.match(answer.json.error.message, new RegExp(`in ${seconds} second`));
}

/** Sends requests, fifty at once, until one is refused: how many that takes depends on how long they take. */
async function untilRefused(request) {
  const answers = [];
  while (!answers.some(({ status }) => status === 429)) {
    assert.ok(answers.length < 20_000, "nothing was refused");
    answers.push(...(await Promise.all(Array.from({ length: 50 }, request))));
  }
  assertRateLimited(answers.find(({ status }) => status === 429));
  return answers;
}

describe("limits of one person", () => {
  test("thirty requests at once never have more than four predictions under way", async () => {
    const { client, model } = await person("limits");
    const text = unique("many at once");
    const request = { model, text, overrides: { steps: 4 } };
    const answers = await Promise.all(Array.from({ length: 30 }, () => client.generate(request)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      Array(30).fill(202),
    );
    const queued = answers.map(({ json }) => json.queue_position).filter((position) => position !== null);
    assert.equal(queued.length, 26);
    let most = 0;
    await until(
      "all to end",
      async () => {
        const predictions = await studio.standIn.predictions(text);
        const open = predictions.filter(({ status }) => status === "starting" || status === "processing");
        most = Math.max(most, open.length);
        const ended = predictions.filter(({ status }) => status === "succeeded");
        return ended.length === 30;
      },
      { seconds: 120, every: 20 },
    );
    assert.ok(most <= 4, `${most} under way`);
    for (const { json } of answers) assert.equal((await client.finished(json.id)).status, "succeeded");
  });

  test("the queue has an order that is told, and an end", async () => {
    const { client, model } = await person("limits");
    const text = unique("a long queue");
    await studio.standIn.fault({ kind: "stuck", phase: "starting" }, { prompt: text, times: null });
    const events = await Events.open(client);
    const request = { model, text, overrides: { steps: 4 } };
    const asked = [];
    for (let count = 0; count < 44; count += 1) asked.push(await client.ask(request));
    assert.deepEqual(
      asked.map(({ queue_position }) => queue_position),
      [...Array(4).fill(null), ...Array.from({ length: 40 }, (_, place) => place + 1)],
    );
    assertRateLimited(await client.generate(request));

    const [first, second, ...others] = asked.slice(4).map(({ id }) => id);
    assert.equal((await client.post(`/api/generations/${second}/cancel`)).json.status, "canceled");
    const without = ({ type, generations }) => type === "queue" && !generations.includes(second);
    const full = await events.next("the queue to be full", (m) => m.type === "queue" && m.generations.length === 40);
    assert.deepEqual(full.generations, [first, second, ...others]);
    const moved = await events.next("the queue to move", (m) => without(m) && m.seq > full.seq);
    assert.deepEqual(moved.generations, [first, ...others]);
    assert.equal((await client.generation(others[0])).queue_position, 2);
    const listed = await client.get("/api/generations?limit=100");
    const summary = listed.json.generations.find(({ id }) => id === others[0]);
    assert.equal(summary.queue_position, 2);
    assert.equal((await studio.standIn.creates(text)).length, 4);

    for (const id of [first, ...others].reverse()) await client.post(`/api/generations/${id}/cancel`);
    for (const { id } of asked.slice(0, 4)) await client.post(`/api/generations/${id}/cancel`);
    for (const { id } of asked.slice(0, 4)) assert.equal((await client.finished(id)).cancel_costs, 0);
    events.close();
  });

  test("too many requests are refused until the time that is told", async () => {
    const { id } = await studio.create();
    const client = await studio.signIn(id);
    const post = () => client.post("/api/generations", {}, { headers: { "idempotency-key": "a" } });
    const answers = await untilRefused(post);
    const refused = answers.filter(({ status }) => status === 429);
    assert.ok(answers.length - refused.length >= 240, `${refused.length} of ${answers.length} refused`);
    for (const answer of refused) assertRateLimited(answer);
    assert.equal((await client.get("/api/me")).status, 200, "reads go on");
    await sleep(Number(refused[0].headers.get("retry-after")) * 1000);
    assert.notEqual((await post()).status, 429);
  });

  test("pictures count like every read, and an export like a change", async () => {
    const { id } = await studio.create();
    const client = await studio.signIn(id);
    const pictures = await untilRefused(() => client.get(`/api/images/pic_${"0".repeat(26)}`));
    const found = pictures.filter(({ status }) => status === 404).length;
    assert.ok(found >= 1190, `${found} were looked for`);

    assert.equal((await client.get("/api/me/export")).status, 200);
    await untilRefused(() => client.delete("/api/bin"));
    const changes = Array.from({ length: 100 }, () => client.delete("/api/bin"));
    const exports = await Promise.all(Array.from({ length: 5 }, () => client.get("/api/me/export")));
    assertRateLimited(exports.find(({ status }) => status === 429));
    await Promise.all(changes);
  });

  test("a session that has ended uses up nothing of a living one", async () => {
    const { id } = await studio.create();
    const [ended, living] = [await studio.signIn(id), await studio.signIn(id)];
    const { cookie } = ended;
    assert.equal((await ended.delete("/api/session")).status, 204);
    ended.cookie = cookie;
    const refused = await untilRefused(() => ended.delete("/api/bin"));
    assert.deepEqual([...new Set(refused.map(({ status }) => status))].sort(), [401, 429]);
    const emptied = await untilRefused(() => living.delete("/api/bin"));
    const done = emptied.filter(({ status }) => status === 204).length;
    assert.ok(done >= 240, `${done} done`);
  });

  test("a ninth socket closes the oldest with its own code", async () => {
    const { id } = await studio.create();
    const client = await studio.signIn(id);
    const open = [];
    for (let count = 0; count < 8; count += 1) open.push(await Events.open(client));
    const closed = new Promise((resolve) => open[0].socket.once("close", resolve));
    open.push(await Events.open(client));
    assert.equal(await closed, 4429);
    for (const events of open.slice(1)) await events.next("the snapshot", ({ type }) => type === "snapshot");
    await sleep(200);
    const still = open.slice(1).filter(({ socket }) => socket.readyState === socket.OPEN);
    assert.equal(still.length, 8);
    for (const events of open) events.close();
  });
});
