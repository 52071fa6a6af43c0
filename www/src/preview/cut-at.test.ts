import assert from "node:assert/strict";
import { test } from "node:test";
import type { Span } from "../api/types";
import { cutAt } from "./cut-at";

const spans: Span[] = [
  { source: "trigger", text: "user1" },
  { source: "joint", text: ", " },
  { source: "you", text: "a hat 🙂 at noon" },
];
const shown = (place: number) =>
  cutAt(spans, place)
    .map(({ text, after }) => (after === true ? `|${text}` : text))
    .join("");

test("the mark stands where the encoder stops, within a span or between two", () => {
  assert.equal(shown(9), "user1, a |hat 🙂 at noon");
  assert.equal(shown(5), "user1|, a hat 🙂 at noon");
  assert.equal(shown(15), "user1, a hat 🙂| at noon");
});

test("the text stays the text, and a place beyond it marks nothing", () => {
  for (let place = 0; place < 30; place += 1) {
    const texts = cutAt(spans, place).map(({ text }) => text);
    assert.equal(texts.join(""), "user1, a hat 🙂 at noon");
  }
  assert.equal(shown(99), "user1, a hat 🙂 at noon");
});
