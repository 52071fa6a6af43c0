import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, unreachable } from "../../api/error";
import type { NewTurn } from "../../api/types";
import { memoryStore } from "../fixtures";
import { parseUnsent, Unsent, type UnsentTurn } from "./unsent";

const turn = (said: string): NewTurn => ({
  by: "person",
  said,
  edits: [],
  reply: "",
  question: null,
  suggestions: [],
  generation: null,
});

const one = (key: string, session: string | null = "cnv_1"): UnsentTurn => ({ key, session, turn: turn(key) });

function world(answers: (Error | "ok")[]) {
  const [sent, refused]: [string[], string[]] = [[], []];
  const store = memoryStore();
  const open = () =>
    new Unsent(store, {
      async send({ key }) {
        sent.push(key);
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
      },
      refused: ({ key }) => refused.push(key),
    });
  return { open, sent, refused };
}

const refusal = (code: "limit_reached" | "rate_limited", status: number) =>
  new ApiError(code, "no", status, null, "req_1");

test("turns are sent one after the other, in the order in which they were said", async () => {
  const { open, sent } = world([]);
  const unsent = open();
  unsent.add(one("a"));
  const first = unsent.flush();
  unsent.add(one("b"));
  assert.equal(await first, null);
  assert.deepEqual(sent, ["a", "b"]);
  assert.deepEqual(unsent.turns, []);
});

test("what cannot be sent is kept with its key, across reloads too", async () => {
  const { open, sent } = world([unreachable(), refusal("rate_limited", 429), "ok", "ok"]);
  open().add(one("a"));
  open().add(one("b"));
  for (let attempt = 0; attempt < 2; attempt += 1) assert.notEqual(await open().flush(), null);
  assert.equal(await open().flush(), null);
  assert.deepEqual(sent, ["a", "a", "a", "b"]);
});

test("a refused turn does not hold up the next one", async () => {
  const { open, sent, refused } = world([refusal("limit_reached", 422), "ok"]);
  const unsent = open();
  unsent.add(one("a"));
  unsent.add(one("b"));
  assert.equal(await unsent.flush(), null);
  assert.deepEqual([sent, refused, unsent.turns], [["a", "b"], ["a"], []]);
});

test("turns of a conversation that had not begun belong to it once it has", () => {
  const unsent = world([]).open();
  unsent.add(one("a", null));
  unsent.add(one("b", "cnv_2"));
  unsent.add({ key: "c", session: null, turn: { ...turn("c"), generation: "gen_1" } });
  unsent.begun("cnv_1");
  assert.deepEqual(
    unsent.turns.map(({ session }) => session),
    ["cnv_1", "cnv_2", null],
  );
});

test("an exchange that an older page kept in the browser is a turn to send", () => {
  const exchange = { id: "1", said: "a hat", answer: "A hat.", question: null, next: ["closer"], generation: "gen_1" };
  assert.deepEqual(parseUnsent(JSON.stringify([exchange])), [
    {
      key: "1",
      session: null,
      turn: { ...turn("a hat"), reply: "A hat.", suggestions: ["closer"], generation: "gen_1" },
    },
  ]);
});

test("stored turns that cannot be read are left out", () => {
  for (const text of [null, "", "{", "{}", "7", '[null, 3, {}, [], { "id": 3 }]'])
    assert.deepEqual(parseUnsent(text), [], String(text));
  const damaged = { key: "b", session: 7, turn: turn("b") };
  assert.deepEqual(parseUnsent(JSON.stringify([damaged, one("a")])), [one("a")]);
});
