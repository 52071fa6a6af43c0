// The reduced form of `cargo xtask soak`: three rounds with several people and a misbehaving provider.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Soak } from "../soak/soak.js";

/** @type {Soak} */
let soak;

describe("killed with several people at work", () => {
  before(async () => {
    soak = await Soak.start({ seed: 3 });
  });
  after(() => soak?.stop());

  for (const name of ["while a create is answered", "while a picture arrives", "soon after the last restart"]) {
    test(`${name}: nothing is lost or doubled, and everything settles`, () => soak.round(name));
  }

  test("and at the end the ledger balances", async () => {
    const { generations, kills } = await soak.finish();
    assert.deepEqual([generations, kills], [9, 4]);
  });
});
