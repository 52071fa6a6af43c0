import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, studio, unique } from "./studio.js";

describe("the same request again", () => {
  test("is one generation, however many arrive at once", async () => {
    const { client, model } = await person("maker");
    const key = randomUUID();
    const request = { model, text: unique("once only"), overrides: { steps: 4 } };
    const answers = await Promise.all(Array.from({ length: 6 }, () => client.generate(request, key)));
    assert.deepEqual(
      [...new Set(answers.map(({ status }) => status))].filter((status) => ![200, 202].includes(status)),
      [],
    );
    assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1);
    const replayed = answers.filter(({ headers }) => headers.get("idempotency-replayed") === "true");
    assert.equal(replayed.length, 5, "all but the first say that they repeat it");
    await client.finished(answers[0].json.id);
    const late = await client.generate(request, key);
    assert.equal(late.json.id, answers[0].json.id);
    assert.equal(late.json.status, "succeeded");
    assert.equal(late.headers.get("idempotency-replayed"), "true");
    assert.equal((await studio.standIn.creates(request.text)).length, 1);
  });

  test("with another body is a conflict", async () => {
    const { client, model } = await person("maker");
    const key = randomUUID();
    const text = unique("conflict");
    await client.generate({ model, text, overrides: { steps: 4 } }, key);
    assertError(
      await client.generate({ model, text: `${text} other`, overrides: { steps: 4 } }, key),
      409,
      "idempotency_conflict",
    );
    assert.equal((await studio.standIn.creates(`${text} other`)).length, 0);
  });

  test("under another person's key is a new generation", async () => {
    const [one, other] = [await person("maker"), await person("session")];
    const key = randomUUID();
    const first = await one.client.generate({ model: one.model, text: unique("mine"), overrides: { steps: 4 } }, key);
    const second = await other.client.generate(
      { model: other.model, text: unique("theirs"), overrides: { steps: 4 } },
      key,
    );
    assert.equal(second.status, 202, second.text);
    assert.notEqual(first.json.id, second.json.id);
  });

  test("the longest and oddest valid keys are accepted", async () => {
    const { client, model } = await person("maker");
    for (const key of ["x".repeat(255), "!", `~"\\{}${randomUUID()}`]) {
      await client.ask({ model, text: unique("key"), overrides: { steps: 4 } }, key);
    }
  });
});
