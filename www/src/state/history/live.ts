// Keeps the page up to date: by a socket where sockets work, by polling where they do not.
import type { Message, SocketHandlers } from "../../api/socket";

/** How updates reach the page at the moment. */
export type Connection = "connecting" | "live" | "polling";

/** What a [`Live`] needs from the browser; tests provide their own. */
export interface LivePorts {
  /** Opens the socket, which goes on after the message with the number `after`, and returns how to close it. */
  open(after: number | null, handlers: SocketHandlers): () => void;
  /** Fetches the newest generations by plain HTTP. */
  poll(): void;
  /** Runs `run` later and returns how to prevent it. */
  later(milliseconds: number, run: () => void): () => void;
  /** A number from 0 to 1. */
  random(): number;
  /** Whether a generation is under way, so that silence may mean a dead socket. */
  active(): boolean;
  /**
   * Takes a message. Events come in the order of their numbers, none of them twice or left out. A snapshot that is not
   * the first message replaces what is known: the page was away for too long to catch up.
   */
  message(message: Message, first: boolean): void;
  connection(connection: Connection): void;
}

/** Sockets that fail in a row before polling begins. */
const PATIENCE = 2;
const POLL_ACTIVE_MS = 2_000;
const POLL_IDLE_MS = 5_000;
/** A socket can die without closing, so silence this long during a generation is checked by a poll. */
const SILENCE_MS = 15_000;

export class Live {
  #ports: LivePorts;
  #failures = 0;
  #closeSocket: (() => void) | null = null;
  #stopRetry: (() => void) | null = null;
  #stopTicking: (() => void) | null = null;
  #heard = false;
  /** The number of the last message. */
  #seq: number | null = null;
  #polling = false;

  constructor(ports: LivePorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#ports.connection("connecting");
    this.#connect();
    this.#tick();
  }

  stop(): void {
    this.#closeSocket?.();
    this.#stopRetry?.();
    this.#stopTicking?.();
    this.#closeSocket = this.#stopRetry = this.#stopTicking = null;
  }

  /** Polls and reconnects at once, when the network or the window comes back. */
  wake(): void {
    this.#ports.poll();
    if (this.#closeSocket === null && this.#stopRetry !== null) {
      this.#stopRetry();
      this.#connect();
    }
  }

  #connect(): void {
    this.#stopRetry = null;
    this.#closeSocket = this.#ports.open(this.#seq, {
      message: (message) => {
        // Only a message proves that a socket works: a proxy may accept one and drop it.
        this.#failures = 0;
        this.#heard = true;
        this.#polling = false;
        this.#ports.connection("live");
        this.#take(message);
      },
      closed: (replaced) => this.#closed(replaced),
    });
  }

  #take(message: Message): void {
    const last = this.#seq;
    if (!isOpening(message) && last !== null) {
      if (message.seq <= last) return;
      if (message.seq > last + 1) {
        // A message was lost. The next socket begins with what it said.
        this.#closeSocket?.();
        this.#closed(false);
        return;
      }
    }
    this.#seq = message.seq;
    this.#ports.message(message, last === null);
  }

  #closed(replaced: boolean): void {
    this.#closeSocket = null;
    this.#failures += 1;
    if ((replaced || this.#failures >= PATIENCE) && !this.#polling) {
      this.#polling = true;
      this.#ports.poll();
      this.#stopTicking?.();
      this.#tick();
    }
    this.#ports.connection(this.#polling ? "polling" : "connecting");
    // A replaced page polls until it is looked at again: reconnecting at once would replace another page.
    this.#stopRetry = replaced
      ? () => {}
      : this.#ports.later(backoff(this.#failures, this.#ports.random()), () => this.#connect());
  }

  #tick(): void {
    const active = this.#ports.active();
    const pause = !this.#polling ? SILENCE_MS : active ? POLL_ACTIVE_MS : POLL_IDLE_MS;
    this.#stopTicking = this.#ports.later(pause, () => {
      if (this.#polling || (this.#ports.active() && !this.#heard)) this.#ports.poll();
      this.#heard = false;
      this.#tick();
    });
  }
}

const isOpening = ({ type }: Message): boolean => type === "snapshot" || type === "changes";

const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;

/**
 * Milliseconds until the retry after `failures` (1 or more): they double up to half a minute. `random`, from 0 to 1,
 * spreads them over the upper half, so that many pages do not reconnect in step.
 */
export function backoff(failures: number, random: number): number {
  const whole = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 16));
  return Math.round(whole / 2 + (whole / 2) * random);
}
