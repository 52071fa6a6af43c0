import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame, SeriesRecord, Vote } from "../api/types";
import { nextPair } from "./pairs";

const cell = (title: string, row: number, column: number): Frame =>
  ({ title, place: { row, column }, generation: { pictures: [{ id: `pic_${title}` }] } }) as Frame;
const grid = [cell("a", 0, 0), cell("b", 0, 1), cell("c", 1, 0), cell("d", 1, 1)];
const comparison = (frames: Frame[], votes: Vote[] = []) =>
  ({ kind: "comparison", state: "succeeded", frames, votes }) as unknown as SeriesRecord;
const vote = (first: string, second: string) => ({ first: `pic_${first}`, second: `pic_${second}` }) as Vote;
const titles = (record: SeriesRecord) => nextPair(record)?.map(({ frame }) => frame.title);

test("two cells that differ in one value are voted on, each pair once", () => {
  const votes: Vote[] = [];
  const asked: string[] = [];
  for (let pair = titles(comparison(grid, votes)); pair !== undefined; pair = titles(comparison(grid, votes))) {
    asked.push(pair.join(""));
    votes.push(vote(pair[1] ?? "", pair[0] ?? ""));
  }
  assert.deepEqual(asked, ["ab", "ac", "bd", "cd"]);
});

test("nothing is voted on before the end, in a shoot, or without pictures", () => {
  assert.equal(nextPair({ ...comparison(grid), state: "running" }), null);
  assert.equal(nextPair({ ...comparison(grid), kind: "shoot" }), null);
  const failed = { ...cell("b", 0, 1), generation: null };
  assert.equal(nextPair(comparison([cell("a", 0, 0), failed])), null);
});
