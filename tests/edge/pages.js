import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, unique } from "./studio.js";

describe("the list of generations", () => {
  test("comes newest first, in pages without gaps or repeats while new ones arrive", async () => {
    const { client, model } = await person("pages");
    const make = async () => (await client.ask({ model, text: unique("page"), overrides: { steps: 4 } })).id;
    const made = [];
    for (let n = 0; n < 5; n += 1) made.push(await make());
    const seen = [];
    let cursor = "";
    do {
      const page = await client.get(`/api/generations?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      assert.equal(page.status, 200, page.text);
      assert.ok(page.json.generations.length <= 2);
      seen.push(...page.json.generations.map(({ id }) => id));
      if (seen.length === 2) await make();
      cursor = page.json.next_cursor;
    } while (cursor);
    assert.deepEqual(seen, [...made].reverse());
    const all = await client.get("/api/generations");
    const whole = await client.generation(made[0]);
    const summary = all.json.generations.at(-1);
    assert.equal(summary.request.text, whole.request.text);
    assert.deepEqual([summary.request.model, summary.request.pictures], [model, 1]);
    for (const left of ["prompt", "spans", "effects"]) assert.ok(left in whole && !(left in summary), left);
    assert.ok(all.text.length < 6 * 1_000, `${all.text.length} characters`);
    assert.equal(all.json.generations.length, 6);
    assert.ok(!("next_cursor" in all.json) || all.json.next_cursor === null);
  });

  test("refuses an invalid cursor or limit", async () => {
    const { client } = await person("pages");
    for (const query of [
      "cursor=nonsense",
      "cursor=%00",
      "limit=0",
      "limit=101",
      "limit=-1",
      "limit=x",
      `cursor=${"a".repeat(3000)}`,
    ]) {
      assertError(await client.get(`/api/generations?${query}`), 400, "invalid_query");
    }
  });
});
