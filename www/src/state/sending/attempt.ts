// One attempt to send a request keeps one Idempotency-Key until its outcome is known, across reloads too, so that
// sending it again after a lost connection never pays twice.
import { toApiError } from "../../api/error";
import { parseStored, type TextStore } from "../storage";

export interface Attempt {
  readonly key: string;
  /** The request's exact JSON. */
  readonly body: string;
}

type Send<Answer> = (body: string, key: string) => Promise<Answer>;

export class Attempts<Answer> {
  #store: TextStore;
  #newKey: () => string;
  #send: Send<Answer>;

  constructor(store: TextStore, newKey: () => string, send: Send<Answer>) {
    this.#store = store;
    this.#newKey = newKey;
    this.#send = send;
  }

  /** Sends `body`. Reuses the key of an earlier attempt with the same body whose outcome is unknown. */
  async send(body: string): Promise<Answer> {
    const before = parseStored(this.#store.read());
    const key = isAttempt(before) && before.body === body ? before.key : this.#newKey();
    this.#store.write(JSON.stringify({ key, body } satisfies Attempt));
    try {
      const answer = await this.#send(body, key);
      this.#store.write(null);
      return answer;
    } catch (thrown) {
      const error = toApiError(thrown);
      if (!error.outcomeUnknown) this.#store.write(null);
      throw error;
    }
  }
}

/** Whether `value` is a request with its key. */
function isAttempt(value: unknown): value is Attempt {
  if (typeof value !== "object" || value === null) return false;
  const { key, body } = value as Partial<Record<keyof Attempt, unknown>>;
  return typeof key === "string" && typeof body === "string";
}
