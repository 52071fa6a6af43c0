import assert from "node:assert/strict";
import { test } from "node:test";
import { votesIn } from "./preset-votes";

const votes = { value: "likeness", wins: 4, losses: 2, ties: 0, share: { low: 0.3, share: 0.667, high: 0.903 } };

test("votes are told with how sure they are", () => {
  assert.equal(votesIn(votes), "Your votes: preferred in 4 of 6, so between 30 and 90 % of the time.");
});

test("votes for neither are told apart", () => {
  assert.match(votesIn({ ...votes, ties: 1 }), /time\. 1 vote for neither\.$/);
  assert.equal(votesIn({ ...votes, wins: 0, losses: 0, ties: 2, share: null }), "Your votes: 2 votes for neither.");
});
