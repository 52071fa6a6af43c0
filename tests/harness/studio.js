// A whole studio: the stand-in, the Worker, and signed-in people.
import assert from "node:assert/strict";
import { Client } from "./client.js";
import { StandIn } from "./stand-in.js";
import { link } from "./tokens.js";
import { Worker } from "./worker.js";

export class Studio {
  #people = 0;
  #models = [
    ...Array.from({ length: 60 }, (_, n) => `person-${String(n + 1).padStart(2, "0")}-selfie-lora`),
    "ada-selfie-lora",
    "ben-selfie-lora",
  ];

  /** @param {{ speed?: number, expiry?: number, vars?: object }} [options] for the stand-in, and the Worker's variables */
  static async start({ vars, ...options } = {}) {
    const standIn = await StandIn.start(options);
    try {
      const worker = await Worker.start({ STAND_IN_URL: standIn.origin, ...vars });
      return new Studio(standIn, worker);
    } catch (error) {
      await standIn.stop();
      throw error;
    }
  }

  constructor(standIn, worker) {
    this.standIn = standIn;
    this.worker = worker;
    this.origin = worker.origin;
  }

  async stop() {
    await this.worker.stop();
    await this.standIn.stop();
  }

  /** A client that is not signed in. */
  anonymous() {
    return new Client(this.origin);
  }

  /** The operator, signed in once. */
  operator() {
    this.signedIn ??= (async () => {
      const client = new Client(this.origin);
      const answer = await client.signIn(link("studio", { role: "operator" }));
      assert.equal(answer.status, 200, answer.text);
      return client;
    })();
    return this.signedIn;
  }

  /** Creates a person through the operator's routes. */
  async create({
    id = `person-${++this.#people}-${Date.now().toString(36)}`,
    name = "Person",
    allowance = "unlimited",
    ...rest
  } = {}) {
    const operator = await this.operator();
    const answer = await operator.post("/api/operator/people", { id, name, allowance, ...rest });
    assert.equal(answer.status, 201, answer.text);
    return answer.json;
  }

  /** The request that binds a model of the stand-in; without a name, the next unused one. */
  async binding(name = this.#models.shift(), rest = {}) {
    assert.ok(name, "the stand-in has no unused models left: share people between tests");
    const model = await this.standIn.model(name);
    return {
      provider: "replicate",
      owner: "studio",
      name,
      version: model.latest_version.id,
      trigger: `user${name.replace(/\D/g, "") || name.slice(0, 3)}0042`,
      class_word: "woman",
      consent: { by: "The tests", statement: "owner_agreed_1" },
      check_lora: false,
      ...rest,
    };
  }

  /** Signs `id` in with a link from the operator. */
  async signIn(id) {
    const minted = await (await this.operator()).post(`/api/operator/people/${id}/link`, {});
    assert.equal(minted.status, 200, minted.text);
    const client = new Client(this.origin);
    const answer = await client.signIn(new URL(minted.json.url).hash.slice(1));
    assert.equal(answer.status, 200, answer.text);
    return client;
  }

  /** A new person with a model of their own, signed in. */
  async person({ model, binding, ...person } = {}) {
    const { id, name } = await this.create(person);
    const bound = await this.binding(model, binding);
    const answer = await (await this.operator()).post(`/api/operator/people/${id}/models`, bound);
    assert.equal(answer.status, 201, answer.text);
    const client = await this.signIn(id);
    return { id, name, client, binding: bound, model: answer.json.id };
  }
}
