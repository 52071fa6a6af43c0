// Several requests that belong together, sent one after another. Each has its own Idempotency-Key, kept until its
// outcome is known, so that a batch can be taken up again after a lost connection or a reload and pays for nothing
// twice.
import { ApiError, toApiError } from "../api/error";
import type { Generation } from "../api/types";

/** The most requests that one batch holds. */
export const MAX_BATCH = 24;

/** How long the studio remembers a key, an hour less: what was left unfinished before that is not taken up again. */
const KEYS_LAST_MS = 23 * 3_600_000;

interface Waiting {
  readonly key: string;
  /** The request's exact JSON. */
  readonly body: string;
}

export interface Batch {
  /** What the person knows it by: the shoot's title. */
  readonly title: string;
  /** When it began, in milliseconds of the epoch. */
  readonly began: number;
  /** The generations that it began, in order. */
  readonly sent: readonly string[];
  /** What is still to be sent, in order. */
  readonly waiting: readonly Waiting[];
}

export type BatchState =
  | { readonly state: "sending"; readonly batch: Batch }
  /** Some wait, and go on when the person says so. `error`: why, when the studio gave a reason. */
  | { readonly state: "stopped"; readonly batch: Batch; readonly error: ApiError | null }
  /** Everything is on its way. */
  | { readonly state: "sent"; readonly batch: Batch };

/** What the outside world does for [`Batches`]; tests bring their own. */
export interface BatchPorts {
  now(): number;
  newKey(): string;
  send(body: string, key: string): Promise<Generation>;
  /** One request was accepted. */
  accepted(generation: Generation): void;
  changed(state: BatchState | null): void;
  store: { read(): string | null; write(text: string | null): void };
}

interface Run {
  /** The person wants no more of it sent. */
  stop: boolean;
  /** Whoever began it is gone. */
  left: boolean;
}

export class Batches {
  #ports: BatchPorts;
  #state: BatchState | null = null;
  #run: Run = { stop: false, left: false };

  constructor(ports: BatchPorts) {
    this.#ports = ports;
  }

  /** Finds the batch that an earlier visit left unfinished. */
  restore(): void {
    const batch = parseBatch(this.#ports.store.read(), this.#ports.now());
    this.#become(batch === null ? null : { state: "stopped", batch, error: null });
  }

  /** Leaves everything as it is, stored, for the next [`restore`](Batches.restore). */
  leave(): void {
    this.#run.left = true;
    this.#become(null);
  }

  /** Sends `bodies` in order and resolves when all are accepted or one was not. False: another batch is not done. */
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

  /** Goes on with a batch that stopped. */
  async resume(): Promise<void> {
    if (this.#state?.state === "stopped") await this.#send(this.#state.batch);
  }

  /** Stops once the request that is on its way has arrived. */
  stop(): void {
    this.#run.stop = true;
  }

  /** Forgets what was not sent. What was sent goes on. */
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
      // What is stored still says that it waits, under the same key: whoever comes back pays for nothing twice.
      if (run.left) return;
      if (answer instanceof ApiError) {
        // Refused for certain: the same words sent again are another attempt.
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

/** Reads a stored batch; null when there is none that can be read to its last request, or it is too old. */
function parseBatch(text: string | null, now: number): Batch | null {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? "null");
  } catch {
    return null;
  }
  if (typeof stored !== "object" || stored === null) return null;
  const { title, began, sent, waiting } = stored as Record<string, unknown>;
  if (typeof title !== "string" || typeof began !== "number" || now - began > KEYS_LAST_MS) return null;
  if (!Array.isArray(sent) || !Array.isArray(waiting)) return null;
  const readable = (one: unknown): one is Waiting =>
    typeof one === "object" &&
    one !== null &&
    "key" in one &&
    "body" in one &&
    typeof one.key === "string" &&
    typeof one.body === "string";
  if (waiting.length === 0 || !waiting.every(readable) || !sent.every((id) => typeof id === "string")) return null;
  return { title, began, sent, waiting };
}
