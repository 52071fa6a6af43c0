// Settings that only a Worker of their own can show: signing keys and PUBLIC_URL.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError, Client } from "../harness/client.js";
import { link } from "../harness/tokens.js";
import { SIGNING_KEY, Worker } from "../harness/worker.js";

const [OLD, NEW] = ["o".repeat(32), "n".repeat(32)];

describe("signing keys", () => {
  test("rotate without signing anybody out", async () => {
    const worker = await Worker.start();
    try {
      const sign = async (token) => {
        const client = new Client(worker.origin);
        const answer = await client.signIn(token);
        assert.equal(answer.status, 200, answer.text);
        return client;
      };
      const operator = (key) => link("studio", { role: "operator", key });
      const me = (client) => client.get("/api/me");
      const unnamed = await sign(operator(SIGNING_KEY));

      await worker.restart({ SIGNING_KEYS: `old:${OLD}`, SIGNING_KEY });
      assert.equal((await me(unnamed)).status, 200);
      const old = await sign(`old.${operator(OLD)}`);
      assert.match(old.cookie, /^selfsame-dev=old\./);

      await worker.restart({ SIGNING_KEYS: `new:${NEW}\nold:${OLD}` });
      assertError(await me(unnamed), 401, "unauthenticated");
      assert.equal((await me(old)).status, 200);
      assert.match((await sign(operator(OLD))).cookie, /^selfsame-dev=new\./);

      await worker.restart({ SIGNING_KEYS: `new:${NEW}` });
      assertError(await me(old), 401, "unauthenticated");
      assertError(await new Client(worker.origin).signIn(operator(OLD)), 401, "link_invalid");
    } finally {
      await worker.stop();
    }
  });

  test("that are not usable are named in health, and never shown", async () => {
    const worker = await Worker.start({ SIGNING_KEYS: `new:${NEW} new:${OLD}` });
    try {
      const client = new Client(worker.origin);
      const { problem, ok } = (await client.get("/api/health")).json;
      assert.equal(ok, false);
      assert.match(problem, /Nobody can sign in: SIGNING_KEYS names two keys `new`/);
      assert.doesNotMatch(problem + worker.server.log, /nnnn|oooo/);
      assertError(await client.signIn("x.y"), 503, "not_configured");
    } finally {
      await worker.stop();
    }
  });
});

describe("PUBLIC_URL", () => {
  test("is required outside development, and Host decides nothing", async () => {
    const real = { SIGNING_KEY, REPLICATE_API_TOKEN: "not a real token" };
    const worker = await Worker.start(real);
    try {
      const operator = new Client(worker.origin);
      await operator.signIn(link("studio", { role: "operator" }));
      await operator.post("/api/operator/people", { id: "ada", name: "Ada", allowance: "unlimited" });
      assert.match((await operator.get("/api/health")).json.problem, /PUBLIC_URL/);
      assert.match(worker.server.log, /PUBLIC_URL/);
      const mint = () => operator.post("/api/operator/people/ada/link", {});
      assertError(await mint(), 503, "not_configured");

      await worker.restart({ ...real, PUBLIC_URL: "https://studio.example/" });
      assert.equal((await operator.get("/api/health")).json.problem, null);
      assertError(await operator.get("/api/me"), 401, "unauthenticated");
      const page = new Client(worker.origin, "https://studio.example");
      const token = link("studio", { role: "operator" });
      assertError(await operator.signIn(token), 403, "wrong_origin");
      await page.signIn(token);
      assert.match(page.cookie, /^__Host-selfsame=/);
      const minted = await page.post("/api/operator/people/ada/link", {});
      assert.match(minted.json.url, /^https:\/\/studio\.example\/sign-in#/);
    } finally {
      await worker.stop();
    }
  });
});
