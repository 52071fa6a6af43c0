// Several people work while the Worker is killed with SIGKILL and the provider misbehaves. After each restart the laws
// (laws.js) hold and everything settles.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Random } from "../harness/random.js";
import { Studio } from "../harness/studio.js";
import { until } from "../harness/until.js";
import { faultFor, faultOfProvider } from "./faults.js";
import { assertLedger, assertNoDoubleCreate, assertNothingLost, assertPicturesReadable, listOf } from "./laws.js";
import { CREATE_RECEIVED, POINTS, waitFor } from "./points.js";

/** Pictures that each person may make: more than any run can. */
const GRANTED = 100_000;
/** Seconds in which everything settles after a restart that the provider can answer for. */
const SETTLES = 60;
/** Seconds in which a create that the provider never executed settles: its list is trusted after three minutes. */
const UNKNOWN_SETTLES = 330;

export class Soak {
  /** Starts a studio of several people; equal seeds make equal choices. */
  static async start({ seed = 1, people = 3 } = {}) {
    const studio = await Studio.start({ speed: 12 });
    try {
      const soak = new Soak(studio, seed);
      for (let number = 1; number <= people; number += 1) {
        const [id, model] = [`soak-${number}`, `person-0${number}-selfie-lora`];
        soak.people.push(await studio.person({ id, name: `Person ${number}`, model, allowance: GRANTED }));
      }
      return soak;
    } catch (error) {
      await studio.stop();
      throw error;
    }
  }

  constructor(studio, seed) {
    this.studio = studio;
    this.standIn = studio.standIn;
    this.random = new Random(seed);
    this.people = [];
    /** Generations that were answered with 202 or 200. */
    this.acknowledged = [];
    this.kills = 0;
    this.missed = 0;
    this.slowest = 0;
    this.faults = 0;
    this.points = new Map();
    this.seen = new Set();
    /** Creates of earlier rounds, whose requests the stand-in has forgotten. */
    this.earlier = new Map();
    this.restarting = Promise.resolve();
  }

  stop() {
    return this.studio.stop();
  }

  /** The words of the generation that a prompt was composed for. */
  textIn(prompt = "") {
    return prompt.match(/walk number \d+ by the sea/)?.[0];
  }

  /** Every point in turn; without `waits`, those after which everything settles within a minute. */
  static names({ waits = true } = {}) {
    return Object.keys(POINTS).filter((name) => waits || name !== CREATE_RECEIVED);
  }

  /** People ask for pictures, the Worker is killed at the named point and restarted, and everything settles. */
  async round(name) {
    const point = POINTS[name];
    await this.standIn.clearFaults();
    const fault = await faultOfProvider(this.standIn, this.random);
    this.again = false;
    const asking = this.people.map((person) => this.#work(person, point));
    const [{ text }] = await Promise.all(asking.map(({ ready }) => ready));
    const reached = await waitFor(point, this, text);
    this.missed += reached ? 0 : 1;
    await this.#kill();
    if (this.again) await this.#kill(this.random.below(1200));
    await Promise.all(asking.map(({ done }) => done));
    const seconds = await this.#settle();
    this.points.set(name, (this.points.get(name) ?? 0) + 1);
    this.slowest = Math.max(this.slowest, seconds);
    await this.#check();
    this.earlier = await this.creates();
    await this.standIn.forgetRequests();
    return { reached, seconds, fault };
  }

  /**
   * One person asks for one to three pictures, and asks again with the same key until there is an answer, as the page
   * does. `ready` resolves when the request is about to be sent, `done` when it is acknowledged.
   */
  #work(person, point) {
    this.number = (this.number ?? 0) + 1;
    const first = person === this.people[0];
    const text = `walk number ${this.number} by the sea`;
    const request = {
      model: person.model,
      text,
      pictures: first ? 1 : 1 + this.random.below(3),
      overrides: { steps: 4 + this.random.below(16) },
    };
    const ready = (async () => {
      if (first) await point.prepare(this, text);
      else if (await faultFor(this.standIn, this.random, text)) this.faults += 1;
      return { text };
    })();
    const done = ready.then(() => this.#acknowledge(person, request));
    done.catch(() => {});
    return { ready, done };
  }

  async #acknowledge(person, request) {
    const key = randomUUID();
    const answer = await until(
      `"${request.text}" to be acknowledged`,
      async () => {
        await this.restarting;
        const answer = await person.client.generate(request, key).catch(ifNotConnected);
        // A studio that limits its people says when to ask again.
        return answer && answer.status !== 429 && answer;
      },
      { seconds: SETTLES, every: 250 },
    );
    assert.ok([200, 202].includes(answer.status), `${answer.where}: ${answer.text}`);
    this.acknowledged.push({ person, id: answer.json.id, text: request.text });
  }

  /** Kills the Worker with all its processes and starts it again on what it has stored. */
  async #kill(after = 0) {
    await new Promise((resolve) => setTimeout(resolve, after));
    await this.studio.worker.kill();
    this.kills += 1;
    this.restarting = this.studio.worker.start();
    await this.restarting;
  }

  /**
   * Waits until no generation that the provider can answer for is under way. Returns how many seconds that took.
   *
   * A kill between the mark that a create is being sent and the sending leaves one that the provider has never heard of. It
   * may have been sent, so it is looked for until the provider's list is trusted; `finish` waits for that.
   */
  async #settle() {
    const start = Date.now();
    try {
      await until("everything to settle", async () => (await this.#unsettled()).length === 0, {
        seconds: SETTLES,
        every: 300,
      });
    } catch (error) {
      const sent = await this.creates();
      const received = (await this.#unsettled()).filter(({ text }) => sent.has(text));
      if (received.length > 0) throw new Error(`${error.message}: ${JSON.stringify(received)}\n${this.#log()}`);
      return 0;
    }
    return (Date.now() - start) / 1000;
  }

  /** Generations under way but for those whose create was received and never executed. */
  async #unsettled() {
    const taken = new Set((await this.standIn.predictions()).map(({ input }) => this.textIn(input?.prompt)));
    const sent = await this.creates();
    const underWay = await this.#underWay();
    return underWay.filter(({ text }) => taken.has(text) || !sent.has(text));
  }

  /** How many creates each text had that may have been executed: answered with success, or not at all. */
  async creates() {
    const counts = new Map(this.earlier);
    for (const { status, body } of await this.standIn.creates()) {
      const text = this.textIn(body?.input?.prompt);
      if (text && (status === null || status < 400)) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    return counts;
  }

  /** Generations that are not over, with whom they are of. */
  async #underWay() {
    const lists = await Promise.all(this.people.map(listOf));
    return lists
      .flat()
      .filter(({ status }) => !["succeeded", "failed", "canceled"].includes(status))
      .map(({ id, status, request: { text } }) => ({ id, status, text }));
  }

  async #check() {
    await assertNothingLost(this);
    await assertNoDoubleCreate(this);
    for (const person of this.people) {
      const generations = await listOf(person);
      await assertLedger(person, generations, GRANTED);
      await assertPicturesReadable(person, generations, this.seen);
    }
  }

  /** Waits for the creates that the provider never executed, checks the laws once more, and returns the figures. */
  async finish() {
    await this.standIn.clearFaults();
    const unknown = (await this.#underWay()).length;
    await until("the unknown creates to settle", async () => (await this.#underWay()).length === 0, {
      seconds: UNKNOWN_SETTLES,
      every: 1000,
    });
    await this.#check();
    const ends = new Map();
    for (const { status } of (await Promise.all(this.people.map(listOf))).flat()) {
      ends.set(status, (ends.get(status) ?? 0) + 1);
    }
    return {
      kills: this.kills,
      points: Object.fromEntries(this.points),
      "points not reached": this.missed,
      generations: this.acknowledged.length,
      "generations with a fault": this.faults,
      "creates never received or executed": unknown,
      ends: Object.fromEntries(ends),
      pictures: this.seen.size,
      "slowest to settle": `${this.slowest.toFixed(1)} s`,
    };
  }

  #log() {
    return this.studio.worker.server.log.slice(-4000);
  }
}

/** A request whose connection broke has no answer; anything else is an error. */
function ifNotConnected(error) {
  if (error instanceof TypeError) return undefined;
  throw error;
}
