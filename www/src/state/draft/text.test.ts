import assert from "node:assert/strict";
import { test } from "node:test";
import { isTooLong, pieces, replaced } from "./text";

test("the length limit counts code points, not UTF-16 code units", () => {
  assert.equal(isTooLong("a".repeat(4000)), false);
  assert.equal(isTooLong("a".repeat(4001)), true);
  assert.equal(isTooLong("🙂".repeat(4000)), false);
  assert.equal(isTooLong("🙂".repeat(4001)), true);
});

const mark = (start: number, end: number, name: string) => ({ start, end, name });
const shown = (text: string, marks: ReturnType<typeof mark>[]) =>
  pieces(text, marks)
    .map(({ text: piece, mark: on }) => (on === null ? piece : `[${on.name}:${piece}]`))
    .join("");

test("marks cut a text into pieces that join to the text", () => {
  assert.equal(shown("no hat, no bag", [mark(0, 6, "a"), mark(8, 14, "b")]), "[a:no hat], [b:no bag]");
  assert.equal(shown("abc", []), "abc");
  assert.equal(shown("", []), "");
});

test("the earlier of overlapping marks wins", () => {
  assert.equal(shown("abcdef", [mark(1, 4, "x"), mark(3, 6, "y")]), "a[x:bc][x:d][y:ef]");
});

test("a mark beyond the end of the text is cut off", () => {
  assert.equal(
    pieces("abc", [mark(1, 9, "x"), mark(7, 9, "y")])
      .map(({ text }) => text)
      .join(""),
    "abc",
  );
});

test("ranges count UTF-16 code units", () => {
  assert.equal(shown("🙂 no hat", [mark(3, 9, "a")]), "🙂 [a:no hat]");
  assert.equal(replaced("🙂 no hat, red", { start: 3, end: 11, text: "" }), "🙂 red");
  assert.equal(replaced("no hat", { start: 0, end: 6, text: "bare head" }), "bare head");
});
