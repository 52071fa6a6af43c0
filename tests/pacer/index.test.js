// One object paces the calls of all people. The stand-in's log shows the pace, whose turn it was, and that a 429 of one
// is nobody's failure.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { Studio } from "../harness/studio.js";
import { sleep, until } from "../harness/until.js";

/** Creates a minute, as set: six at once, then one every 1.09 s. */
const CREATES = 60;
const INTERVAL = 1090;
/** Milliseconds by which the stand-in may see a call earlier or later than it was let out. */
const JITTER = 300;

/** @type {Studio} */
let studio;
let ada;
let ben;
let cleo;
const vars = { GENERATIONS_UNDER_WAY: "12", PROVIDER_CREATES_PER_MINUTE: String(CREATES) };

before(async () => {
  studio = await Studio.start({ speed: 20, vars });
  ada = await studio.person({ id: "ada", name: "Ada" });
  ben = await studio.person({ id: "ben", name: "Ben" });
  cleo = await studio.person({ id: "cleo", name: "Cleo" });
});
after(() => studio?.stop());
beforeEach(async () => {
  await studio.standIn.clearFaults();
  await restart();
});

/** Restarts the Worker, with other variables if given. It forgets what went out before, and begins with a full burst. */
const restart = (others = {}) => studio.worker.restart({ ...studio.worker.vars, ...vars, ...others });

async function ask(person, text) {
  const made = await person.client.ask({ model: person.model, text, overrides: { steps: 4 } });
  return () => person.client.finished(made.id, 90);
}

/** Asks several times at once. */
const askTimes = (person, text, times) => Promise.all(Array.from({ length: times }, () => ask(person, text)));

async function allSucceed(finished) {
  for (const generation of await Promise.all(finished.map((finish) => finish())))
    assert.equal(generation.status, "succeeded", JSON.stringify(generation.failure));
}

/** The creates with `text` in their prompt: the first word of each prompt, when it came, and its status. */
async function creates(text) {
  const log = await studio.standIn.creates(text);
  return log.map(({ at, body, status }) => ({
    at: Date.parse(at),
    person: body.input.prompt.match(/(Ada|Ben|Cleo)'s/)[1],
    status,
  }));
}

/** Waits until the provider has received `count` creates with `text`. */
const received = (text, count) =>
  until(`${count} creates`, async () => (await creates(text)).length >= count, { every: 20 });

describe("the pacer", () => {
  test("lets people take turns, at the pace of the setting", async () => {
    const finished = await askTimes(ada, "Ada's harbour", 12);
    await received("harbour", 6);
    // Time for Ada's next calls to come to the pacer before anybody else's.
    await sleep(500);
    const before = (await creates("harbour")).length;
    finished.push(await ask(ben, "Ben's harbour"), await ask(cleo, "Cleo's harbour"));
    await allSucceed(finished);

    const log = await creates("harbour");
    assert.equal(log.length, 14);
    assert.ok(
      log.every(({ status }) => status < 300),
      "the provider throttled nobody",
    );
    const people = log.map(({ person }) => person);
    assert.deepEqual(people.slice(0, 6), Array(6).fill("Ada"), "a burst goes out at once");
    const turns = people.slice(before, before + 4);
    assert.ok(turns.includes("Ben") && turns.includes("Cleo"), `Ada's calls held others up: ${people}`);
    for (const [place, { at }] of log.entries()) {
      const earliest = log[0].at + (place - 5) * INTERVAL - JITTER;
      assert.ok(place < 6 || at >= earliest, `create ${place} came ${earliest - at} ms early`);
    }
  });

  test("holds everybody's creates after one person's 429, then lets them out one by one", async () => {
    await studio.standIn.fault(
      { kind: "status", status: 429, retry_after: 3 },
      { prompt: "meadow", endpoint: "create" },
    );
    const finished = [await ask(ada, "Ada's meadow")];
    await received("meadow", 1);
    await sleep(200);
    finished.push(...(await Promise.all([ask(ben, "Ben's meadow"), ask(cleo, "Cleo's meadow")])));
    await allSucceed(finished);

    const [refused, ...others] = await creates("meadow");
    assert.equal(refused.status, 429);
    assert.equal(others.length, 3);
    for (const [place, { at, status }] of others.entries()) {
      assert.equal(status, 201);
      const earliest = refused.at + 3000 + place * 1000 - JITTER;
      assert.ok(at >= earliest, `create ${place} came ${earliest - at} ms early`);
    }
  });

  test("fails nobody when the provider allows less than the setting", async () => {
    await studio.standIn.fault({ kind: "rate_limit", requests: 4, seconds: 5 }, { endpoint: "create", times: null });
    const finished = await askTimes(ada, "Ada's bridge", 6);
    finished.push(...(await askTimes(ben, "Ben's bridge", 2)), ...(await askTimes(cleo, "Cleo's bridge", 2)));
    await allSucceed(finished);

    const log = await creates("bridge");
    const accepted = log.filter(({ status }) => status === 201).length;
    assert.equal(accepted, 10, "each is created once");
    assert.ok(log.length < 20, `${log.length - accepted} of ${log.length} were throttled`);
  });

  test("sends what waited for its turn once, after the Worker was killed", async () => {
    await restart({ PROVIDER_CREATES_PER_MINUTE: "20" });
    const finished = await askTimes(ada, "Ada's garden", 4);
    // Two go out at once, and the others wait.
    await received("garden", 2);
    await sleep(300);
    assert.equal((await creates("garden")).length, 2);
    await restart();
    await allSucceed(finished);
    assert.equal((await creates("garden")).length, 4);
  });

  test("is politeness: without it, calls go out and the log says so", async () => {
    studio.worker.without = ["PACER"];
    await restart();
    await allSucceed(await askTimes(ada, "Ada's tower", 8));
    const log = await creates("tower");
    assert.equal(log.length, 8);
    assert.ok(log[7].at - log[0].at < INTERVAL * 2, "nothing is held");
    assert.match(studio.worker.server.log, /"level":"warning","event":"unpaced"/);
    studio.worker.without = [];
  });

  test("cannot be reached by a client", async () => {
    const forged = { message: "throttled", call: "create", seconds: 300 };
    const addresses = ["/pacer", "/api/pacer", "/calls/pacer", "/api/", "/hooks/pacer", "/https://pacer/", "//pacer/"];
    for (const client of [ada.client, await studio.operator(), studio.anonymous()])
      for (const address of addresses) {
        const headers = { host: "pacer", "x-selfsame-caller": '{"request":"req_1"}' };
        const answer = await client.post(address, forged, { headers });
        assert.ok(answer.status >= 400 && answer.status < 500, answer.where);
      }
    const started = Date.now();
    const finish = await ask(ben, "Ben's lake");
    await received("lake", 1);
    assert.ok(Date.now() - started < 3000, "a client held everybody's creates");
    await allSucceed([finish]);
  });
});
