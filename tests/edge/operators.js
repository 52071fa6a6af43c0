// Two operators in a studio of their own, so that no other operator is left.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Client } from "../harness/client.js";
import { link } from "../harness/tokens.js";
import { Worker } from "../harness/worker.js";

const ROUNDS = 25;

describe("two operators", () => {
  test("who suspend each other at the same time leave one who can act", async () => {
    const worker = await Worker.start();
    try {
      const names = ["anna", "bert"];
      const sign = async (name) => {
        const client = new Client(worker.origin);
        // From the future, because a link minted when links were last ended does not count.
        const answer = await client.signIn(link(name, { role: "operator", minted: Date.now() + 1000 }));
        assert.equal(answer.status, 200, answer.text);
        return client;
      };
      const clients = await Promise.all(names.map(sign));
      let refusals = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const suspend = (n) => clients[n].post(`/api/operator/people/${names[1 - n]}/suspend`, {});
        const answers = await Promise.all([suspend(0), suspend(1)]);
        const winner = answers.findIndex(({ status }) => status === 200);
        assert.notEqual(winner, -1, answers.map(({ text }) => text).join());
        const loser = answers[1 - winner];
        assert.equal(loser.status, 403, loser.text);
        if (loser.json.error.code === "forbidden") refusals += 1;
        const { people } = (await clients[winner].get("/api/operator/people")).json;
        const active = people.filter(({ status }) => status === "active").map(({ id }) => id);
        assert.deepEqual(active, [names[winner]]);
        const back = await clients[winner].post(`/api/operator/people/${names[1 - winner]}/reinstate`, {});
        assert.equal(back.status, 200, back.text);
        clients[1 - winner] = await sign(names[1 - winner]);
      }
      assert.ok(refusals > 0, "no round was a race");
    } finally {
      await worker.stop();
    }
  });
});
