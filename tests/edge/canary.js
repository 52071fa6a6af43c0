import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { until } from "../harness/until.js";
import { studio } from "./studio.js";

const HANDS = "two hands resting on a wooden table";
const at = ({ id, model }) => `/api/operator/people/${id}/models/${model}`;

/** A person whose model was bound with a check of its LoRA. */
async function checked(name) {
  const { id } = await studio.create();
  const operator = await studio.operator();
  const { check_lora: _, ...binding } = await studio.binding(name);
  const bound = await operator.post(`/api/operator/people/${id}/models`, binding);
  assert.equal(bound.status, 201, bound.text);
  assert.equal(bound.json.proof, "checking");
  return { id, model: bound.json.id, version: binding.version, client: await studio.signIn(id) };
}

const bindingOf = async ({ id, model }) =>
  (await (await studio.operator()).get(`/api/operator/people/${id}/models`)).json.models.find(
    (one) => one.id === model,
  );
const judged = (one) =>
  until("a verdict", async () => {
    const found = await bindingOf(one);
    return found.proof !== "checking" && found.check.difference !== null ? found : null;
  });
const picture = async (one, lora) => (await studio.operator()).get(`${at(one)}/canary/${lora}`);

describe("a check of a model's LoRA", () => {
  test("a LoRA that acts is proven by two pictures that the operator sees and the person does not", async () => {
    const one = await checked();
    const found = await judged(one);
    assert.equal(found.proof, "proven", JSON.stringify(found.check));
    assert.ok(found.check.difference > 2 * found.check.same_up_to, `${found.check.difference}`);
    const files = await Promise.all(["off", "on"].map((lora) => picture(one, lora)));
    for (const file of files) {
      assert.equal(file.status, 200, file.text);
      assert.equal(file.headers.get("content-type"), "image/png");
      assert.equal(file.headers.get("cache-control"), "private, no-store");
    }
    assert.notDeepEqual(files[0].bytes, files[1].bytes);
    const creates = (await studio.standIn.creates(HANDS)).filter(({ body }) => body.version === one.version);
    assert.deepEqual(creates.map(({ body }) => body.input.lora_scale).sort(), [0, 1]);
    assert.equal(new Set(creates.map(({ body }) => body.input.seed)).size, 1);

    assert.deepEqual((await one.client.get("/api/generations")).json.generations, []);
    assert.deepEqual((await one.client.get("/api/bin")).json.entries, []);
    assert.equal((await one.client.get("/api/me")).json.allowance.used, 0);
    assertError(await one.client.get(`${at(one)}/canary/on`), 403, "forbidden");
  });

  test("a model that ignores its LoRA is withdrawn, and a second check does not bring it back", async () => {
    const one = await checked("ignored-selfie-lora");
    const found = await judged(one);
    assert.deepEqual([found.proof, found.check.difference], ["not_proven", 0]);
    assert.equal((await one.client.get("/api/models")).json.models[0].proof, "not_proven");
    const refused = await one.client.generate({ model: one.model, text: "somebody else" });
    assertError(refused, 422, "model_unusable", "model");

    const operator = await studio.operator();
    const again = await operator.post(`${at(one)}/canary`);
    assert.equal(again.status, 202, again.text);
    await until("the second check", async () => {
      const { check } = await bindingOf(one);
      return check.checked_at !== found.check.checked_at;
    });
    assert.equal((await bindingOf(one)).proof, "not_proven");
    const log = (await operator.get(`/api/operator/audit?subject=${one.id}`)).json.entries;
    assert.ok(log.some(({ action }) => action === "check_lora"));
  });

  test("a binding without a check is used unchecked, and the audit log says so", async () => {
    const { id, client, model } = await studio.person();
    const [listed] = (await client.get("/api/models")).json.models;
    assert.equal(listed.proof, "unchecked");
    assert.equal((await picture({ id, model }, "on")).status, 404);
    const log = (await (await studio.operator()).get(`/api/operator/audit?subject=${id}`)).json.entries;
    const bound = log.find(({ action }) => action === "bind_model");
    assert.match(bound.detail, /without a check of its LoRA$/);
  });
});
