// Ada, who has everything, and those who try to reach it.
import assert from "node:assert/strict";
import { Random } from "../harness/random.js";
import { Studio } from "../harness/studio.js";
import { sleep, until } from "../harness/until.js";

const SECRET = "Ada alone in the orchard";
const WAITS = "Ada waits";

/** An id of each kind that nobody has. */
export const MISSING = ["gen", "pic", "mdl", "ses", "req", "lnk", "prs", "alb", "ser", "cnv"].map(
  (prefix) => `${prefix}_${"0".repeat(26)}`,
);

/** Texts that are not ids. */
export const MALFORMED = [
  "x",
  "gen_",
  "gen_ILOU",
  `gen_${"z".repeat(26)}`,
  `GEN_${"0".repeat(26)}`,
  `gen_${"0".repeat(25)}`,
  `gen_${"0".repeat(27)}`,
  `gen_${"0".repeat(26)}%00`,
  "%00",
  "%ff",
  "%2e%2e%2f",
  "..%2f..%2fetc%2fpasswd",
  "%2f",
  "%20",
  "' OR 1=1 --",
  '"; DROP TABLE generations; --',
  "*",
  "null",
  "-1",
  "9223372036854775808",
  "{id}",
  "é",
  "𠮷",
  "\u202egen",
  "a".repeat(2000),
];

export class Cast {
  /** The cast's generation under way ends when half an hour of the stand-in's clock, which `speed` turns, is over. */
  static async assemble({ seed = 1, speed = 20 } = {}) {
    const studio = await Studio.start({ speed });
    try {
      const cast = new Cast(studio, seed);
      await cast.#prepare();
      return cast;
    } catch (error) {
      await studio.stop();
      throw error;
    }
  }

  constructor(studio, seed) {
    this.studio = studio;
    this.standIn = studio.standIn;
    this.random = new Random(seed);
  }

  stop() {
    return this.studio.stop();
  }

  async #prepare() {
    const { studio } = this;
    this.ada = await studio.person({ id: "ada", name: "Ada", model: "ada-selfie-lora" });
    this.ben = await studio.person({ id: "ben", name: "Ben", model: "ben-selfie-lora" });
    const ended = await studio.signIn("ben");
    const cookie = ended.cookie;
    await ended.delete("/api/session");
    ended.cookie = cookie;
    this.callers = { ben: this.ben.client, stranger: studio.anonymous(), ended, operator: await studio.operator() };
    for (const client of [this.ada.client, ...Object.values(this.callers)]) makePatient(client);
    const request = { model: this.ada.model, text: SECRET, pictures: 2, overrides: { steps: 4 } };
    this.request = request;
    this.key = "adas-own-key";
    const made = await this.ada.client.ask(request, this.key);
    this.done = await this.ada.client.finished(made.id);
    assert.equal(this.done.status, "succeeded");
    await this.standIn.fault({ kind: "stuck", phase: "starting" }, { prompt: WAITS });
    this.underWay = await this.ada.client.ask({ ...request, text: WAITS, pictures: 1 });
    const shoot = { model: this.ada.model, title: SECRET, compositions: [{ text: SECRET, overrides: { steps: 4 } }] };
    const series = await this.ada.client.post("/api/shoots", shoot, { headers: { "idempotency-key": "adas-shoot" } });
    assert.equal(series.status, 202, series.text);
    this.series = series.json.id;
    await until("the shoot to end", async () => {
      const { state } = (await this.ada.client.get(`/api/series/${this.series}`)).json;
      return state === "succeeded";
    });
    const preset = { name: "Hers", from: { picture: this.done.pictures[0].id } };
    this.preset = (await this.ada.client.post("/api/presets", preset)).json.id;
    assert.ok(this.preset);
    this.album = (await this.ada.client.post("/api/albums", { name: "Hers" })).json.id;
    assert.ok(this.album);
    const named = { headers: { "idempotency-key": "her-conversation" } };
    this.conversation = (await this.ada.client.post("/api/sessions", { title: "Hers" }, named)).json.id;
    assert.ok(this.conversation);
    this.prediction = await until("the prediction", async () => (await this.standIn.predictions(WAITS))[0]);
    const [create] = await this.standIn.creates(WAITS);
    this.hook = new URL(create.body.webhook).pathname;
    await until("the generation to boot", async () => (await this.hers()).underWay.status === "booting");
    this.cursor = (await this.ada.client.get("/api/generations?limit=1")).json.next_cursor;
    assert.ok(this.cursor);
    this.before = await this.#state();
  }

  /** The claims of Ada's session. */
  get session() {
    return JSON.parse(Buffer.from(this.ada.client.cookie.split("=")[1].split(".")[0], "base64url").toString());
  }

  /** Ada's ids, of every kind. */
  get foreign() {
    const pictures = this.done.pictures.map(({ id }) => id);
    return [
      this.done.id,
      this.underWay.id,
      ...pictures,
      this.preset,
      this.album,
      this.series,
      this.conversation,
      this.ada.model,
      this.session.session,
      "ada",
    ];
  }

  /** Everything that Ada can see of her studio. */
  async hers() {
    const get = async (path) => (await this.ada.client.get(path)).json;
    const images = this.done.pictures.map(({ id }) => this.ada.client.get(`/api/images/${id}`));
    return {
      me: await get("/api/me"),
      models: await get("/api/models"),
      presets: await get("/api/presets"),
      albums: await get("/api/albums"),
      sessions: await get("/api/sessions"),
      conversation: await get(`/api/sessions/${this.conversation}`),
      pictures: await get("/api/pictures"),
      series: await get(`/api/series/${this.series}`),
      generations: await get("/api/generations?limit=100"),
      underWay: await this.ada.client.generation(this.underWay.id),
      images: (await Promise.all(images)).map(({ bytes }) => bytes.toString("base64")),
    };
  }

  /** What is compared before and after. */
  async #state() {
    const people = (await this.callers.operator.get("/api/operator/people?limit=100")).text;
    const own = (await this.ben.client.get("/api/generations?limit=100")).json.generations;
    return { hers: await this.hers(), people, own, heard: await this.#heard() };
  }

  /**
   * What reached the provider, without polls of the generation under way and without the key of the webhooks, which the
   * tests ask for, too: nothing may be added.
   */
  async #heard() {
    const requests = await this.standIn.requests();
    const isExpected = ({ endpoint, path }) =>
      endpoint === "secret" || (endpoint === "get" && path.endsWith(this.prediction.id));
    return requests
      .filter((request) => !isExpected(request))
      .map(({ number, method, path }) => ({ number, method, path }));
  }

  /** Nothing has changed for anybody, and nothing reached the provider. */
  async assertUntouched() {
    assert.deepEqual(await this.#state(), this.before);
  }

  /** An answer to anybody but Ada has nothing of hers. */
  assertHidden(answer) {
    const text = `${answer.text}${JSON.stringify([...answer.headers])}`;
    const ids = this.foreign.filter((id) => id !== "ada");
    for (const secret of [SECRET, WAITS, this.ada.binding.trigger, ...ids]) {
      assert.ok(!text.includes(secret), `${answer.where} shows ${secret}`);
    }
  }
}

/** Makes a client wait and ask again when it is refused for its pace, so that every attempt is answered for itself. */
function makePatient(client) {
  const request = client.request.bind(client);
  client.request = async (...args) => {
    for (;;) {
      const answer = await request(...args);
      if (answer.status !== 429) return answer;
      await sleep(1000 * Number(answer.headers.get("retry-after") ?? 1));
    }
  };
}
