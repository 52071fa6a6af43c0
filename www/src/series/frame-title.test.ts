import assert from "node:assert/strict";
import { test } from "node:test";
import { frameTitle } from "./frame-title";

const presets = [{ id: "classic", title: "Classic" } as const];

test("a cell of a comparison is called by its preset's title and its other values", () => {
  const differs = [{ parameter: "preset", value: "classic" } as const, { parameter: "guidance", value: 2.5 } as const];
  assert.equal(frameTitle({ title: "classic, 2.5", differs }, presets), "Classic, 2.5");
  assert.equal(frameTitle({ title: "classic, 2.5", differs }, []), "classic, 2.5", "before the presets have loaded");
});

test("a frame of a shoot keeps its own title", () => {
  assert.equal(frameTitle({ title: "On a pier", differs: [] }, presets), "On a pier");
});
