// Several requests that belong together, sent one after another. Each keeps its own Idempotency-Key until its outcome
// is known, so that a batch can be resumed after a lost connection or a reload without paying for anything twice.
import { ApiError, toApiError } from "../../api/error";
import type { Generation } from "../../api/types";
import { parseStored, type TextStore } from "../storage";
import { type Attempt, isAttempt } from "./attempt";

/** The most requests that one batch holds. */
export const MAX_BATCH = 24;

/** The studio remembers keys for 24 hours. An older batch is not resumed; the hour less is a margin. */
const MAX_AGE_MS = 23 * 3_600_000;

export interface Batch {
  /** Shown to the person: the shoot's title, or the first words. */
  readonly title: string;
  /** When it began, in milliseconds since the epoch. */
  readonly began: number;
  /** Ids of the generations that were accepted, in order. */
  readonly sent: readonly string[];
  /** The requests that are still to be sent, in order. */
  readonly waiting: readonly Attempt[];
}

export type BatchState =
  | { readonly state: "sending"; readonly batch: Batch }
  /** Some requests wait until the person resumes. `error` is null when the person stopped it, or a reload did. */
  | { readonly state: "stopped"; readonly batch: Batch; readonly error: ApiError | null }
  /** Every request was accepted. */
  | { readonly state: "sent"; readonly batch: Batch };

/** What [`Batches`] need from the page; tests provide their own. */
export interface BatchPorts {
  now(): number;
  newKey(): string;
  send(body: string, key: string): Promise<Generation>;
  /** One request was accepted. */
  accepted(generation: Generation): void;
  changed(state: BatchState | null): void;
  store: TextStore;
}

interface Run {
  /** The person asked to stop. */
  stop: boolean;
  /** The user signed out. */
  left: boolean;
}

export class Batches {
  #ports: BatchPorts;
  #state: BatchState | null = null;
  #run: Run = { stop: false, left: false };

  constructor(ports: BatchPorts) {
    this.#ports = ports;
  }

  /** Restores the batch that an earlier visit left unfinished. */
  restore(): void {
    const batch = parseBatch(this.#ports.store.read(), this.#ports.now());
    this.#become(batch === null ? null : { state: "stopped", batch, error: null });
  }

  /** Forgets the batch here and leaves it stored for the next [`restore`](Batches.restore). */
  leave(): void {
    this.#run.left = true;
    this.#become(null);
  }

  /** Sends `bodies` in order until all are accepted or one is refused. False: another batch is unfinished. */
  async start(title: string, bodies: readonly string[]): Promise<boolean> {
    if (bodies.length === 0 || bodies.length > MAX_BATCH) throw new RangeError(`a batch of ${bodies.length}`);
    if (this.#state !== null && this.#state.state !== "sent") return false;
    await this.#send({
      title,
      began: this.#ports.now(),
      sent: [],
      waiting: bodies.map((body) => ({ key: this.#ports.newKey(), body })),
    });
    return true;
  }

  /** Sends the rest of a stopped batch. */
  async resume(): Promise<void> {
    if (this.#state?.state === "stopped") await this.#send(this.#state.batch);
  }

  /** Stops after the request that is being sent. */
  stop(): void {
    this.#run.stop = true;
  }

  /** Forgets the requests that were not sent. Those that were sent go on. */
  drop(): void {
    if (this.#state?.state === "sending") return;
    this.#ports.store.write(null);
    this.#become(null);
  }

  async #send(batch: Batch): Promise<void> {
    const run: Run = { stop: false, left: false };
    this.#run = run;
    let rest = batch;
    this.#keep({ state: "sending", batch: rest });
    for (let next = rest.waiting[0]; next !== undefined; next = rest.waiting[0]) {
      const answer = await this.#ports.send(next.body, next.key).catch(toApiError);
      // The stored batch still lists this request as waiting, under the same key, so resuming pays for nothing twice.
      if (run.left) return;
      if (answer instanceof ApiError) {
        // The refusal is certain, so sending the request again is a new attempt and needs a new key.
        if (!answer.outcomeUnknown)
          rest = { ...rest, waiting: [{ ...next, key: this.#ports.newKey() }, ...rest.waiting.slice(1)] };
        return this.#keep({ state: "stopped", batch: rest, error: answer });
      }
      rest = { ...rest, sent: [...rest.sent, answer.id], waiting: rest.waiting.slice(1) };
      this.#ports.accepted(answer);
      if (rest.waiting.length === 0) return this.#keep({ state: "sent", batch: rest });
      if (run.stop) return this.#keep({ state: "stopped", batch: rest, error: null });
      this.#keep({ state: "sending", batch: rest });
    }
  }

  #keep(state: BatchState): void {
    this.#ports.store.write(state.state === "sent" ? null : JSON.stringify(state.batch));
    this.#become(state);
  }

  #become(state: BatchState | null): void {
    this.#state = state;
    this.#ports.changed(state);
  }
}

/** Reads a stored batch; null when any of it is unreadable, or it is too old. */
function parseBatch(text: string | null, now: number): Batch | null {
  const stored = parseStored(text);
  if (typeof stored !== "object" || stored === null) return null;
  const { title, began, sent, waiting } = stored as Record<string, unknown>;
  if (typeof title !== "string" || typeof began !== "number" || now - began > MAX_AGE_MS) return null;
  if (!Array.isArray(sent) || !Array.isArray(waiting)) return null;
  if (waiting.length === 0 || !waiting.every(isAttempt) || !sent.every((id) => typeof id === "string")) return null;
  return { title, began, sent, waiting };
}
