import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccessAction } from "../../api/types";
import { accessSentence } from "./log-words";

test("a link says whether the studio or the person asked for it", () => {
  assert.match(accessSentence({ action: "link_minted", actor: "operator" }), /^Your studio made/);
  assert.match(accessSentence({ action: "link_minted", actor: "system" }), /sent to your e-mail address/);
});

test("an action of a newer studio is named instead of left out", () => {
  const unknown = "moved_house" as AccessAction;
  assert.equal(accessSentence({ action: unknown, actor: "person" }), "Your account was changed: moved house.");
});
