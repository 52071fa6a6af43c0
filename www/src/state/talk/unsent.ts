// Turns that were said and that the studio does not have yet. They outlast the page, so that nothing said is lost.

import { type ApiError, toApiError } from "../../api/error";
import type { NewTurn } from "../../api/types";
import { parseStored, type TextStore } from "../storage";

export interface UnsentTurn {
  /** Its Idempotency-Key. */
  readonly key: string;
  /** The conversation that it belongs to; null: one that has not begun. */
  readonly session: string | null;
  readonly turn: NewTurn;
}

/** What sends turns; tests provide their own. */
export interface TurnPorts {
  send(unsent: UnsentTurn): Promise<void>;
  /** The studio refused the turn for good. */
  refused(unsent: UnsentTurn, error: ApiError): void;
}

/** Sends turns one after the other, in the order in which they were said. */
export class Unsent {
  #store: TextStore;
  #ports: TurnPorts;
  #sending: Promise<ApiError | null> | null = null;

  constructor(store: TextStore, ports: TurnPorts) {
    this.#store = store;
    this.#ports = ports;
  }

  get turns(): readonly UnsentTurn[] {
    return parseUnsent(this.#store.read());
  }

  add(unsent: UnsentTurn): void {
    this.#write([...this.turns, unsent]);
  }

  /** Assigns what was said before a conversation had begun to this one. What led to a generation belongs to that one's. */
  begun(session: string): void {
    const isFree = ({ session, turn }: UnsentTurn) => session === null && !turn.generation;
    this.#write(this.turns.map((unsent) => (isFree(unsent) ? { ...unsent, session } : unsent)));
  }

  /** Sends all there are. Returns what keeps the rest from being sent; null: nothing is left. */
  flush(): Promise<ApiError | null> {
    this.#sending ??= this.#flush().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #flush(): Promise<ApiError | null> {
    for (let next = this.turns[0]; next !== undefined; next = this.turns[0]) {
      try {
        await this.#ports.send(next);
      } catch (thrown) {
        const error = toApiError(thrown);
        if (error.outcomeUnknown || later.has(error.code)) return error;
        this.#ports.refused(next, error);
      }
      const { key } = next;
      this.#write(this.turns.filter((unsent) => unsent.key !== key));
    }
    return null;
  }

  #write(turns: readonly UnsentTurn[]): void {
    this.#store.write(turns.length === 0 ? null : JSON.stringify(turns));
  }
}

/** Refusals that end by themselves. */
const later: ReadonlySet<string> = new Set(["rate_limited", "unauthenticated", "suspended"]);

/** Reads stored turns, also as older pages kept them, without those that cannot be read. */
export function parseUnsent(text: string | null): UnsentTurn[] {
  const stored = parseStored(text);
  return Array.isArray(stored) ? stored.flatMap(readUnsent) : [];
}

function readUnsent(value: unknown): UnsentTurn[] {
  if (typeof value !== "object" || value === null) return [];
  if ("turn" in value) return isUnsent(value) ? [value] : [];
  return readExchange(value as Record<string, unknown>);
}

function isUnsent(value: object): value is UnsentTurn {
  const { key, session, turn } = value as Partial<Record<keyof UnsentTurn, unknown>>;
  return (
    typeof key === "string" &&
    (session === null || typeof session === "string") &&
    typeof turn === "object" &&
    turn !== null &&
    typeof (turn as Partial<NewTurn>).said === "string"
  );
}

/** An exchange as pages stored it while conversations lived in the browser. */
function readExchange({ id, said, answer, question, next, generation }: Record<string, unknown>): UnsentTurn[] {
  if (typeof id !== "string" || typeof said !== "string" || typeof answer !== "string") return [];
  const turn: NewTurn = {
    by: "person",
    said,
    edits: [],
    reply: answer,
    question: typeof question === "string" ? question : null,
    suggestions: Array.isArray(next) ? next.filter((words) => typeof words === "string") : [],
    generation: typeof generation === "string" ? generation : null,
  };
  return [{ key: id, session: null, turn }];
}
