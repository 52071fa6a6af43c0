import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError, Client } from "../harness/client.js";
import { link } from "../harness/tokens.js";
import { until } from "../harness/until.js";
import { Worker } from "../harness/worker.js";
import { studio } from "./studio.js";

describe("health", () => {
  test("names the stand-in without a session", async () => {
    const answer = await studio.anonymous().get("/api/health");
    assert.equal(answer.status, 200);
    assert.equal(answer.json.ok, true);
    assert.equal(answer.json.provider, "stand-in");
    assert.equal(answer.json.problem, null);
    assert.equal(answer.json.links_by_email, false);
    assert.match(answer.json.version, /^\d+\.\d+\.\d+/);
  });

  test("names the missing setting without a provider, and binding is refused", async () => {
    const worker = await Worker.start();
    try {
      const client = new Client(worker.origin);
      const health = await client.get("/api/health");
      assert.equal(health.json.ok, false);
      assert.equal(health.json.provider, "none");
      assert.match(health.json.problem, /REPLICATE_API_TOKEN/);
      await until("the log to say so, too", () => worker.server.log.includes("REPLICATE_API_TOKEN"), { seconds: 5 });
      await client.signIn(link("studio", { role: "operator" }));
      await client.post("/api/operator/people", { id: "nobody", name: "Nobody", allowance: 1 });
      const bound = await client.post("/api/operator/people/nobody/models", {
        provider: "replicate",
        owner: "studio",
        name: "ada-selfie-lora",
        version: "0".repeat(64),
        trigger: "user42585527",
        class_word: "woman",
        consent: { by: "The tests", statement: "owner_agreed_1" },
      });
      assertError(bound, 503, "not_configured");
    } finally {
      await worker.stop();
    }
  });
});
