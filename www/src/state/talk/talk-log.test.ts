import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewTurn, Turn } from "../../api/types";
import { type Exchange, leadingTo, unstored, withStored, withTurns } from "./talk-log";

const said = (words: string, generation: string | null = null): NewTurn => ({
  by: "person",
  said: words,
  edits: [],
  reply: "A hat.",
  question: null,
  suggestions: ["closer"],
  generation,
});

const at = (minute: number) => `2026-01-01T00:0${minute}:00.000Z`;

const stored = (number: number, generation: string | null = null): Turn => ({
  ...said(`words ${number}`, generation),
  number,
  created_at: at(number),
});

const asked = (id: string, minute: number) => ({ id, created_at: at(minute) });

const words = (log: readonly Exchange[] | undefined) => log?.map(({ turn }) => turn.said);

test("turns come in the studio's order, and those that it does not have yet come last", () => {
  const log = withTurns([unstored("k", said("new"))], [stored(3), stored(1)]);
  assert.deepEqual(words(withTurns(log, [stored(2)])), ["words 1", "words 2", "words 3", "new"]);
});

test("a turn keeps its element when the studio has stored it, and when it comes again", () => {
  const log = withStored([unstored("k", said("words 1")), unstored("l", said("later"))], "k", stored(1));
  assert.deepEqual(
    log.map(({ key }) => key),
    ["k", "l"],
  );
  const again = withTurns(log, [stored(1, "gen_1")]);
  assert.deepEqual([again[0]?.key, again[0]?.turn.generation], ["k", "gen_1"]);
});

test("a turn that came from the studio before its own answer is not shown twice", () => {
  const early = withTurns([unstored("k", said("words 1"))], [stored(1)]);
  assert.deepEqual(words(withStored(early, "k", stored(1))), ["words 1"]);
});

test("exchanges stand before the generation that they led to", () => {
  const log = withTurns([unstored("k", said("now"))], [stored(1, "gen_1"), stored(3, "gen_2"), stored(4)]);
  const groups = leadingTo(log, [asked("gen_2", 3), asked("gen_1", 2)]);
  assert.deepEqual(words(groups.get("gen_1")), ["words 1"]);
  assert.deepEqual(words(groups.get("gen_2")), ["words 3"]);
  assert.deepEqual(words(groups.get(null)), ["words 4", "now"]);
});

test("an exchange whose generation was deleted stands where its time is", () => {
  const log = withTurns([], [stored(1, "gen_gone"), stored(4, "gen_gone")]);
  const groups = leadingTo(log, [asked("gen_1", 2)]);
  assert.deepEqual(words(groups.get("gen_1")), ["words 1"]);
  assert.deepEqual(words(groups.get(null)), ["words 4"]);
});
