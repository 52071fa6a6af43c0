import assert from "node:assert/strict";
import { test } from "node:test";
import type { Span } from "../api/types";
import { cutSpans } from "./cut-spans";

const spans: Span[] = [
  { source: "trigger", text: "user1" },
  { source: "joint", text: ", " },
  { source: "you", text: "a hat 🙂 at noon" },
];
const shown = (place: number) =>
  cutSpans(spans, place)
    .map(({ text, afterCut }) => (afterCut === true ? `|${text}` : text))
    .join("");

test("the cut lies within a span or between two", () => {
  assert.equal(shown(9), "user1, a |hat 🙂 at noon");
  assert.equal(shown(5), "user1|, a hat 🙂 at noon");
  assert.equal(shown(15), "user1, a hat 🙂| at noon");
});

test("cutting keeps the text, and a place beyond its end cuts nothing", () => {
  for (let place = 0; place < 30; place += 1) {
    const texts = cutSpans(spans, place).map(({ text }) => text);
    assert.equal(texts.join(""), "user1, a hat 🙂 at noon");
  }
  assert.equal(shown(99), "user1, a hat 🙂 at noon");
});
