// One attempt to send a request keeps one Idempotency-Key until its outcome is known, even across a reload, so
// that pressing Generate again after a lost connection can never pay twice.

import { toApiError } from "../api/error";
import type { Generation } from "../api/types";

interface Attempt {
  readonly key: string;
  readonly body: string;
}

/** Where an attempt survives a reload. */
export interface AttemptStore {
  read(): string | null;
  write(text: string | null): void;
}

export class Attempts {
  #store: AttemptStore;
  #newKey: () => string;
  #send: (body: string, key: string) => Promise<Generation>;

  constructor(store: AttemptStore, newKey: () => string, send: (body: string, key: string) => Promise<Generation>) {
    this.#store = store;
    this.#newKey = newKey;
    this.#send = send;
  }

  /** Sends `body`; under the key of an earlier attempt when that one carried the same body and its outcome is unknown. */
  async send(body: string): Promise<Generation> {
    const before = this.#read();
    const key = before?.body === body ? before.key : this.#newKey();
    this.#store.write(JSON.stringify({ key, body } satisfies Attempt));
    try {
      const generation = await this.#send(body, key);
      this.#store.write(null);
      return generation;
    } catch (thrown) {
      const error = toApiError(thrown);
      if (!error.outcomeUnknown) this.#store.write(null);
      throw error;
    }
  }

  #read(): Attempt | null {
    const text = this.#store.read();
    if (text === null) return null;
    try {
      const attempt = JSON.parse(text) as Partial<Attempt>;
      return typeof attempt.key === "string" && typeof attempt.body === "string"
        ? { key: attempt.key, body: attempt.body }
        : null;
    } catch {
      return null;
    }
  }
}
