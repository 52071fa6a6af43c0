import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Message } from "../../api/socket";
import { galleryEdition } from "../gallery";
import { ownPresets } from "../presets";
import { takeMessage } from "./events";
import { binEdition, resetHistory } from "./history";

const snapshot: Message = { seq: 7, type: "snapshot", generations: [], next_cursor: null };
let asked: string[];

beforeEach(() => {
  resetHistory();
  asked = [];
  ownPresets.value = [];
  globalThis.fetch = async (address) => {
    asked.push(String(address));
    return new Response(null, { status: 204 });
  };
});

test("the first snapshot loads nothing but the series", () => {
  takeMessage(snapshot, true);
  assert.deepEqual(asked, ["/api/series"]);
});

test("a snapshot that replaces what is known loads everything else again that events tell of", () => {
  const before = [binEdition.peek(), galleryEdition.peek()];
  takeMessage(snapshot, false);
  assert.deepEqual(asked.toSorted(), ["/api/me", "/api/presets", "/api/series", "/api/sessions"]);
  assert.deepEqual(
    [binEdition.peek(), galleryEdition.peek()],
    before.map((edition) => edition + 1),
  );
});
