import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../api/types";
import { type Connection, Live } from "./live";

const snapshot: Event = { type: "snapshot", generations: [] };

/** A world whose clock only moves when told to. */
function world({ active = false } = {}) {
  let now = 0;
  let timers: { at: number; run(): void }[] = [];
  const sockets: { message(event: Event): void; closed(): void; isClosed: boolean }[] = [];
  const seen: { polls: number; events: Event[]; states: Connection[] } = { polls: 0, events: [], states: [] };
  const live = new Live({
    open(handlers) {
      const socket = { ...handlers, isClosed: false };
      sockets.push(socket);
      return () => (socket.isClosed = true);
    },
    poll: () => (seen.polls += 1),
    later(milliseconds, run) {
      const timer = { at: now + milliseconds, run };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    random: () => 1,
    active: () => active,
    event: (event) => seen.events.push(event),
    connection: (state) => seen.states.push(state),
  });
  const pass = (milliseconds: number) => {
    const end = now + milliseconds;
    for (;;) {
      const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      now = next.at;
      timers = timers.filter((timer) => timer !== next);
      next.run();
    }
    now = end;
  };
  const last = () => {
    const socket = sockets.at(-1);
    assert.ok(socket);
    return socket;
  };
  live.start();
  return { live, sockets, seen, pass, last };
}

test("events of a socket are passed on, and nothing is polled", () => {
  const { seen, last, pass } = world();
  last().message(snapshot);
  pass(60_000);
  assert.deepEqual(seen.events, [snapshot]);
  assert.equal(seen.polls, 0);
  assert.equal(seen.states.at(-1), "live");
});

test("one lost socket is opened again without a poll, the second failure begins polling", () => {
  const { sockets, seen, pass, last } = world();
  last().closed();
  assert.equal(seen.states.at(-1), "connecting");
  pass(500);
  assert.equal(sockets.length, 2);
  last().closed();
  assert.equal(seen.states.at(-1), "polling");
  assert.equal(seen.polls, 1);
});

test("while sockets fail it polls, and stops when one speaks again", () => {
  const { seen, pass, last } = world({ active: true });
  last().closed();
  pass(500);
  last().closed();
  pass(900);
  assert.equal(seen.polls, 1);
  pass(1_200);
  assert.equal(seen.polls, 2);
  last().message(snapshot);
  pass(10_000);
  assert.equal(seen.polls, 2);
  assert.equal(seen.states.at(-1), "live");
});

test("a socket that opens and drops without a word counts as a failure each time", () => {
  const { sockets, pass, last } = world();
  for (const wait of [500, 1000, 2000]) {
    last().closed();
    pass(wait - 1);
    const before = sockets.length;
    pass(1);
    assert.equal(sockets.length, before + 1);
  }
});

test("a socket that spoke starts the count of failures anew", () => {
  const { sockets, seen, pass, last } = world();
  last().closed();
  pass(500);
  last().message(snapshot);
  last().closed();
  assert.equal(seen.states.at(-1), "connecting");
  pass(500);
  assert.equal(sockets.length, 3);
});

test("silence during a generation is checked by a poll", () => {
  const { seen, pass, last } = world({ active: true });
  last().message(snapshot);
  pass(15_000);
  assert.equal(seen.polls, 0);
  pass(15_000);
  assert.equal(seen.polls, 1);
});

test("waking looks at once and does not wait for the next attempt", () => {
  const { live, sockets, seen, last } = world();
  last().closed();
  live.wake();
  assert.equal(sockets.length, 2);
  assert.equal(seen.polls, 1);
});

test("stopping closes the socket and leaves no timer", () => {
  const { live, sockets, seen, pass, last } = world({ active: true });
  const socket = last();
  live.stop();
  pass(120_000);
  assert.equal(socket.isClosed, true);
  assert.equal(sockets.length, 1);
  assert.equal(seen.polls, 0);
});
