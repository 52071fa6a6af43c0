import assert from "node:assert/strict";
import { test } from "node:test";
import { actionWords, actorOf, subjectOf } from "./audit-words";

test("an entry says what was done to whom", () => {
  assert.equal(actionWords({ action: "revoke_links" }), "canceled the unused sign-in links of");
});

test("an action without words of its own keeps its name", () => {
  assert.equal(actionWords({ action: "move_house" }), "did “move house” to");
});

test("what a person did without an operator is nobody's id", () => {
  assert.deepEqual(actorOf({ operator: "studio" }), { id: "studio" });
  assert.deepEqual(actorOf({ operator: "(self-service)" }), { name: "Self-service" });
});

test("what is done to the catalogue is done to nobody", () => {
  assert.equal(actionWords({ action: "retire_enhancement" }), "retired an enhancement");
  assert.equal(subjectOf({ operator: "studio", subject: "studio" }), null);
  assert.equal(subjectOf({ operator: "(self-service)", subject: "ada" }), "ada");
});
