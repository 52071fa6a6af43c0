import assert from "node:assert/strict";
import { test } from "node:test";
import type { Series, SeriesState } from "../../api/types";
import { announcement } from "../status-line";
import { dropSeries, resetSeries, sentenceFor, series, takeSeries, unfinished } from "./series";

function one(id: string, revision: number, state: SeriesState, succeeded = 0): Series {
  return {
    id,
    kind: "shoot",
    title: "Cafés",
    revision,
    state,
    paused: state === "paused",
    counts: { frames: 3, waiting: 1, under_way: 1, succeeded, failed: 0, canceled: 0 },
    cost: { pictures: 3, reserved: 0, used: 0 },
    cover: [],
    created_at: "2026-01-01T00:00:00.000Z",
  };
}

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
