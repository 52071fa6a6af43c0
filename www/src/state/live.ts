// Keeps the page up to date: a socket where sockets work, polling where they do not.
import type { Event } from "../api/types";
import { backoff } from "./backoff";

/** How news arrives at the moment. */
export type Connection = "connecting" | "live" | "polling";

/** What the outside world does for a [`Live`]; tests bring their own. */
export interface LivePorts {
  open(handlers: { message(event: Event): void; closed(): void }): () => void;
  /** Fetches the newest generations by plain HTTP. */
  poll(): void;
  later(milliseconds: number, run: () => void): () => void;
  random(): number;
  /** Whether a generation is under way, so that silence is suspicious. */
  active(): boolean;
  event(event: Event): void;
  connection(connection: Connection): void;
}

/** Sockets that failed in a row before polling begins. */
const PATIENCE = 2;
const POLL_ACTIVE_MS = 2_000;
const POLL_IDLE_MS = 5_000;
/** A socket may die without a close: silence this long during a generation is checked by a poll. */
const SILENCE_MS = 15_000;

export class Live {
  #ports: LivePorts;
  #attempts = 0;
  #close: (() => void) | null = null;
  #stopRetry: (() => void) | null = null;
  #stopTicking: (() => void) | null = null;
  #heard = false;
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
    this.#close?.();
    this.#stopRetry?.();
    this.#stopTicking?.();
    this.#close = this.#stopRetry = this.#stopTicking = null;
  }

  /** The network or the window came back: look at once. */
  wake(): void {
    this.#ports.poll();
    if (this.#close === null && this.#stopRetry !== null) {
      this.#stopRetry();
      this.#connect();
    }
  }

  #connect(): void {
    this.#stopRetry = null;
    this.#close = this.#ports.open({
      message: (event) => {
        // A socket counts as working once it has said something: a proxy may accept and drop.
        this.#attempts = 0;
        this.#heard = true;
        this.#polling = false;
        this.#ports.connection("live");
        this.#ports.event(event);
      },
      closed: () => {
        this.#close = null;
        this.#attempts += 1;
        if (this.#attempts >= PATIENCE && !this.#polling) {
          this.#polling = true;
          this.#ports.poll();
          this.#stopTicking?.();
          this.#tick();
        }
        this.#ports.connection(this.#polling ? "polling" : "connecting");
        this.#stopRetry = this.#ports.later(backoff(this.#attempts, this.#ports.random()), () => this.#connect());
      },
    });
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
