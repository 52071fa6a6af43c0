import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, unreachable } from "../../api/error";
import type { Draft } from "../../api/types";
import { type DraftContent, type DraftState, DraftSync } from "./draft-sync";

const SESSION = "cnv_1";
const clean: DraftState = { session: SESSION, base: 0, changed: false };

/** The studio's draft, and pages that write it. Time passes when a test says so. */
class World {
  studio: Draft | null = null;
  reachable = true;
  answersLost = 0;
  saves = 0;

  page(state: DraftState = clean) {
    return new Page(this, state);
  }

  async save(base: number, content: DraftContent): Promise<number> {
    if (!this.reachable) throw unreachable();
    if (base !== (this.studio?.version ?? 0)) throw new ApiError("draft_conflict", "no", 409, "draft.base", "req_1");
    this.saves += 1;
    this.studio = { version: base + 1, content };
    if (this.answersLost > 0) {
      this.answersLost -= 1;
      throw unreachable();
    }
    return this.studio.version;
  }
}

class Page {
  text = "";
  conflict: Draft | null = null;
  waiting: (() => void)[] = [];
  sync: DraftSync;

  constructor(world: World, state: DraftState) {
    this.sync = new DraftSync(state, {
      read: () => ({ text: this.text, pictures: 1 }),
      adopt: (content) => {
        this.text = String(content.text);
      },
      load: async () => world.studio,
      save: (_, base, content) => world.save(base, content),
      later: (_, run) => {
        this.waiting.push(run);
        return () => {
          this.waiting = this.waiting.filter((one) => one !== run);
        };
      },
      remember: () => {},
      conflict: (theirs) => {
        this.conflict = theirs;
      },
    });
  }

  write(text: string) {
    this.text = text;
    this.sync.changed();
  }
}

test("what is written here is in the studio, and on the other page", async () => {
  const world = new World();
  const [here, there] = [world.page(), world.page()];
  here.write("a hat");
  assert.equal(here.waiting.length, 1, "it is saved after a pause");
  await here.sync.save();
  assert.deepEqual([here.sync.state, world.studio?.content.text], [{ ...clean, base: 1 }, "a hat"]);
  await there.sync.moved(1);
  assert.deepEqual([there.text, there.sync.state.base], ["a hat", 1]);
  await there.sync.moved(1);
  there.write("a red hat");
  await there.sync.save();
  await here.sync.moved(2);
  assert.equal(here.text, "a red hat");
});

test("two pages that write at once overwrite nothing, and the person chooses", async () => {
  for (const choice of ["mine", "theirs"] as const) {
    const world = new World();
    const [here, there] = [world.page(), world.page()];
    here.write("a hat");
    there.write("a coat");
    await here.sync.save();
    await there.sync.save();
    assert.equal(there.conflict?.content.text, "a hat");
    assert.deepEqual([there.text, world.studio?.content.text], ["a coat", "a hat"]);
    there.write("a long coat");
    await there.sync.save();
    assert.equal(world.studio?.content.text, "a hat", "nothing is saved before the choice");
    there.sync.choose(choice);
    await there.sync.save();
    const kept = choice === "mine" ? "a long coat" : "a hat";
    assert.deepEqual([there.text, world.studio?.content.text, there.conflict], [kept, kept, null]);
  }
});

test("a draft that was saved without an answer is no disagreement", async () => {
  const world = new World();
  const here = world.page();
  world.answersLost = 1;
  here.write("a hat");
  assert.notEqual(await here.sync.save(), null);
  here.write("a red hat");
  assert.equal(await here.sync.save(), null);
  await here.sync.save();
  assert.deepEqual([here.conflict, world.studio?.content.text], [null, "a red hat"]);
});

test("a page that comes back with the same draft as the studio's has nothing to choose", async () => {
  const world = new World();
  world.studio = { version: 3, content: { pictures: 1, text: "a hat" } };
  const here = world.page({ ...clean, base: 2, changed: true });
  here.text = "a hat";
  await here.sync.take(world.studio);
  assert.deepEqual([here.conflict, here.sync.state], [null, { ...clean, base: 3 }]);
});

test("nothing is saved before it is known what the studio has", async () => {
  for (const theirs of [null, { version: 4, content: { text: "a coat" } }]) {
    const world = new World();
    world.studio = theirs;
    const here = world.page({ ...clean, base: null });
    here.write("a hat");
    assert.equal(await here.sync.save(), null);
    await here.sync.moved(4);
    assert.deepEqual([world.studio, here.text], [theirs, "a hat"]);
    await here.sync.take(theirs);
    await here.sync.save();
    assert.equal(here.conflict, theirs);
    assert.equal(world.studio?.content.text, theirs === null ? "a hat" : "a coat");
  }
});

test("what cannot be saved is saved later", async () => {
  const world = new World();
  const here = world.page();
  world.reachable = false;
  here.write("a hat");
  assert.equal((await here.sync.save())?.code, "unreachable");
  assert.equal(here.waiting.length, 1);
  world.reachable = true;
  await here.sync.save();
  assert.deepEqual([world.studio?.content.text, here.sync.state.changed], ["a hat", false]);
});

test("a draft is kept for the conversation that it begins", async () => {
  const world = new World();
  const here = world.page({ session: null, base: 0, changed: false });
  here.write("a hat");
  assert.equal(await here.sync.save(), null);
  assert.equal(world.saves, 0);
  here.sync.begun(SESSION);
  await here.sync.save();
  assert.equal(world.studio?.content.text, "a hat");
});
