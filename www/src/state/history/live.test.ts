import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../../api/types";
import { backoff, type Connection, Live } from "./live";

const snapshot: Event = { type: "snapshot", generations: [], next_cursor: null };

/** The ports of a `Live`, with a clock that only `pass` moves. */
function world({ active = false } = {}) {
  let now = 0;
  let timers: { at: number; run(): void }[] = [];
  const sockets: { message(event: Event): void; closed(replaced: boolean): void; isClosed: boolean }[] = [];
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

test("events of a socket are passed on without polling", () => {
  const { seen, last, pass } = world();
  last().message(snapshot);
  pass(60_000);
  assert.deepEqual(seen.events, [snapshot]);
  assert.equal(seen.polls, 0);
  assert.equal(seen.states.at(-1), "live");
});

test("a first failure reconnects without a poll, a second begins polling", () => {
  const { sockets, seen, pass, last } = world();
  last().closed(false);
  assert.equal(seen.states.at(-1), "connecting");
  pass(500);
  assert.equal(sockets.length, 2);
  last().closed(false);
  assert.equal(seen.states.at(-1), "polling");
  assert.equal(seen.polls, 1);
});

test("polling ends when a socket delivers a message", () => {
  const { seen, pass, last } = world({ active: true });
  last().closed(false);
  pass(500);
  last().closed(false);
  pass(900);
  assert.equal(seen.polls, 1);
  pass(1_200);
  assert.equal(seen.polls, 2);
  last().message(snapshot);
  pass(10_000);
  assert.equal(seen.polls, 2);
  assert.equal(seen.states.at(-1), "live");
});

test("a socket that closes without a message counts as a failure", () => {
  const { sockets, pass, last } = world();
  for (const wait of [500, 1000, 2000]) {
    last().closed(false);
    pass(wait - 1);
    const before = sockets.length;
    pass(1);
    assert.equal(sockets.length, before + 1);
  }
});

test("a message resets the count of failures", () => {
  const { sockets, seen, pass, last } = world();
  last().closed(false);
  pass(500);
  last().message(snapshot);
  last().closed(false);
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

test("waking polls and reconnects at once", () => {
  const { live, sockets, seen, last } = world();
  last().closed(false);
  live.wake();
  assert.equal(sockets.length, 2);
  assert.equal(seen.polls, 1);
});

test("a replaced socket polls and reconnects only when the page is looked at", () => {
  const { live, sockets, seen, pass, last } = world();
  last().message(snapshot);
  last().closed(true);
  assert.equal(seen.states.at(-1), "polling");
  pass(600_000);
  assert.equal(sockets.length, 1);
  assert.ok(seen.polls > 1);
  live.wake();
  assert.equal(sockets.length, 2);
  last().message(snapshot);
  assert.equal(seen.states.at(-1), "live");
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

test("retries wait twice as long each time, up to half a minute", () => {
  assert.deepEqual(
    [1, 2, 3, 4].map((attempt) => backoff(attempt, 1)),
    [500, 1000, 2000, 4000],
  );
  assert.equal(backoff(7, 1), 30_000);
  assert.equal(backoff(10_000, 1), 30_000);
});

test("retries are spread over the upper half of their wait", () => {
  assert.equal(backoff(3, 0), 1000);
  assert.equal(backoff(3, 0.5), 1500);
});
