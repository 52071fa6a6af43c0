// A create with an unknown outcome: the provider may have made a prediction or not. The studio looks for it for minutes
// and never sends the create again. These tests start before all others and end after them, because of the wait.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../harness/until.js";
import { PRIVATE } from "./provider.js";
import { beginWith, person, studio } from "./studio.js";

const FAULTS = {
  "a 500": { kind: "status", status: 500 },
  "a gateway's 502": { kind: "status", status: 502 },
  "a 503": { kind: "status", status: 503 },
  "a connection that breaks": { kind: "drop" },
};

const SHOOT = "a shoot with a 503 in its middle";
let shoot;

/** @type {Record<string, { client: import("../harness/client.js").Client, id: string, text: string }>} */
const started = {};

beginWith(async () => {
  for (const [what, action] of Object.entries(FAULTS)) {
    const { client, model } = await person("unknown");
    const text = `unknown outcome of ${what}`;
    await studio.standIn.fault(action, { prompt: text });
    started[what] = { client, text, id: (await client.ask({ model, text, overrides: { steps: 4 } })).id };
  }
  const { client, model } = await person("unknown");
  await studio.standIn.fault({ kind: "status", status: 503 }, { prompt: `${SHOOT} the second` });
  const compositions = ["first", "second", "third"].map((frame) => ({
    text: `${SHOOT} the ${frame}`,
    overrides: { steps: 4 },
  }));
  const headers = { "idempotency-key": "a-shoot" };
  shoot = await client.post("/api/shoots", { model, title: SHOOT, compositions }, { headers });
  assert.equal(shoot.status, 202, shoot.text);
});

describe("a create that gets", () => {
  for (const what of Object.keys(FAULTS)) {
    test(`${what} fails as an unknown outcome and is never sent again`, async () => {
      const { client, id, text } = started[what];
      const done = await client.finished(id, 300);
      assert.equal(done.status, "failed");
      assert.equal(done.failure.code, "outcome_unknown");
      assert.doesNotMatch(done.failure.message, PRIVATE);
      assert.equal((await studio.standIn.creates(text)).length, 1);
      assert.deepEqual(await studio.standIn.predictions(text), []);
    });
  }

  test("a 503 in the middle of a shoot costs it one frame, which is made on request", async () => {
    const { client } = await person("unknown");
    const address = `/api/series/${shoot.json.id}`;
    const at = (state) =>
      until(
        `the shoot to be ${state}`,
        async () => {
          const series = (await client.get(address)).json;
          return series.state === state && series;
        },
        { seconds: 300 },
      );
    const done = await at("succeeded");
    assert.deepEqual(
      done.frames.map(({ generation }) => generation.status),
      ["succeeded", "failed", "succeeded"],
    );
    const headers = { "idempotency-key": "the-second-once-more" };
    const retried = await client.post(`${address}/frames/1/retry`, undefined, { headers });
    assert.equal(retried.status, 202, retried.text);
    assert.equal((await at("succeeded")).counts.succeeded, 3);
    assert.equal((await studio.standIn.predictions(SHOOT)).length, 3);
  });

  test("unknown outcomes leave no allowance reserved", async () => {
    const { client } = await person("unknown");
    assert.deepEqual((await client.get("/api/me")).json.allowance, { granted: null, used: 3, reserved: 0 });
  });
});
