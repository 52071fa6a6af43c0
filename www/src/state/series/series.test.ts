import assert from "node:assert/strict";
import { test } from "node:test";
import { series as one } from "../fixtures";
import { announcement } from "../status-line";
import { dropSeries, loadSeries, resetSeries, sentenceFor, series, takeSeries, unfinished } from "./series";

test("an older state never replaces a newer one", () => {
  resetSeries();
  takeSeries(one("ser_1", 2, "paused"));
  takeSeries(one("ser_1", 1, "running"));
  assert.equal(series.value.get("ser_1")?.state, "paused");
});

test("what is not finished is listed with the newest first", () => {
  resetSeries();
  for (const state of [one("ser_1", 1, "running"), one("ser_2", 1, "succeeded"), one("ser_3", 1, "paused")])
    takeSeries(state);
  assert.deepEqual(
    unfinished.value.map(({ id }) => id),
    ["ser_3", "ser_1"],
  );
  dropSeries("ser_3");
  assert.equal(unfinished.value.length, 1);
});

test("an end is announced once, and only if the page has seen the series run", () => {
  resetSeries();
  announcement.value = "";
  takeSeries(one("ser_1", 1, "succeeded", 3));
  assert.equal(announcement.value, "");
  takeSeries(one("ser_2", 1, "running", 1));
  takeSeries(one("ser_2", 2, "succeeded", 2));
  assert.equal(announcement.value, "2 of 3 are made.");
});

test("a series says how far it is", () => {
  assert.equal(sentenceFor(one("ser_1", 1, "running", 1)), "1 of 3 made, 1 under way.");
  assert.equal(sentenceFor(one("ser_1", 1, "paused", 1)), "Paused, 1 of 3 made.");
  assert.equal(sentenceFor(one("ser_1", 1, "succeeded", 3)), "All 3 are made.");
});

test("a list loaded after missed events drops what was deleted, and keeps what it does not reach", async () => {
  resetSeries();
  for (const id of ["ser_1", "ser_2", "ser_3", "ser_4"]) takeSeries(one(id, 1, "running"));
  const answer = (next_cursor: string | null) => {
    globalThis.fetch = async () => {
      // Begun elsewhere while the list is on its way.
      takeSeries(one("ser_5", 1, "running"));
      return Response.json({ series: [one("ser_4", 1), one("ser_2", 1)], next_cursor });
    };
  };
  answer("older");
  await loadSeries();
  assert.deepEqual([...series.value.keys()].sort(), ["ser_1", "ser_2", "ser_4", "ser_5"]);
  dropSeries("ser_5");
  answer(null);
  await loadSeries();
  assert.deepEqual([...series.value.keys()].sort(), ["ser_2", "ser_4", "ser_5"]);
});
