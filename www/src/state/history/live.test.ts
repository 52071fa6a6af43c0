import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message, SocketHandlers } from "../../api/socket";
import { backoff, type Connection, Live } from "./live";

const snapshot: Message = { seq: 7, type: "snapshot", generations: [], next_cursor: null };
const event = (seq: number): Message => ({ seq, type: "bin_changed" });
const caughtUp = (seq: number): Message => ({ seq, type: "changes", generations: [], events: [] });

/** The ports of a `Live`, with a clock that only `pass` moves. */
function world({ active = false } = {}) {
  let now = 0;
  let timers: { at: number; run(): void }[] = [];
  const sockets: (SocketHandlers & { after: number | null; isClosed: boolean })[] = [];
  const seen = { polls: 0, messages: [] as Message[], firsts: 0, states: [] as Connection[] };
  const live = new Live({
    open(after, handlers) {
      const socket = { ...handlers, after, isClosed: false };
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
    message(message, first) {
      seen.messages.push(message);
      if (first) seen.firsts += 1;
    },
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
  assert.deepEqual(seen.messages, [snapshot]);
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

test("a repeated or overtaken event is left out", () => {
  const { seen, last } = world();
  for (const message of [snapshot, event(8), event(8), event(9), event(7), event(10)]) last().message(message);
  assert.deepEqual(
    seen.messages.map(({ seq }) => seq),
    [7, 8, 9, 10],
  );
});

test("a new socket goes on after the last message, and only the first message is the first", () => {
  const { sockets, seen, last, pass } = world();
  assert.equal(last().after, null);
  last().message(snapshot);
  last().message(event(8));
  last().closed(false);
  pass(500);
  assert.equal(last().after, 8);
  last().message(caughtUp(12));
  last().message(event(13));
  last().closed(false);
  pass(500);
  assert.equal(last().after, 13);
  // Too far behind.
  last().message({ ...snapshot, seq: 400 });
  last().message(event(401));
  assert.equal(sockets.length, 3);
  assert.deepEqual([seen.messages.length, seen.firsts], [6, 1]);
});

test("a skipped event opens another socket, which brings what was lost", () => {
  const { sockets, seen, last, pass } = world();
  last().message(snapshot);
  last().message(event(10));
  assert.equal(sockets[0]?.isClosed, true);
  pass(500);
  assert.equal(sockets.length, 2);
  assert.equal(last().after, 7);
  last().message(caughtUp(10));
  assert.deepEqual(seen.messages, [snapshot, caughtUp(10)]);
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
