import assert from "node:assert/strict";
import { test } from "node:test";
import { deedOf, doerOf } from "./audit-words";

test("an entry says what was done to whom", () => {
  assert.equal(deedOf({ action: "revoke_links" }), "canceled the unused sign-in links of");
});

test("an action without words of its own keeps its name", () => {
  assert.equal(deedOf({ action: "move_house" }), "did “move house” to");
});

test("what a person did without an operator is nobody's id", () => {
  assert.deepEqual(doerOf({ operator: "studio" }), { id: "studio" });
  assert.deepEqual(doerOf({ operator: "(self-service)" }), { name: "The sign-in page" });
});
