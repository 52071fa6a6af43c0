// What was said to Maya and what she answered. Only this browser keeps it.
import { parseStored } from "../storage";

export interface Exchange {
  readonly id: string;
  readonly said: string;
  readonly answer: string;
  /** Her question, without whose answer nothing can be made. */
  readonly question: string | null;
  /** Suggestions for what to say next. */
  readonly next: readonly string[];
  /** The generation that the exchange led to; null until there is one. */
  readonly generation: string | null;
}

const MAX_EXCHANGES = 60;

export const withExchange = (log: readonly Exchange[], exchange: Exchange): Exchange[] =>
  [...log, exchange].slice(-MAX_EXCHANGES);

/** The log with every exchange since the last generation assigned to `generation`. */
export const settled = (log: readonly Exchange[], generation: string): Exchange[] =>
  log.map((exchange) => (exchange.generation === null ? { ...exchange, generation } : exchange));

/** The exchanges that led to `generation`; with null, those that have led to none yet. */
export const leadingTo = (log: readonly Exchange[], generation: string | null): Exchange[] =>
  log.filter((exchange) => exchange.generation === generation);

/** Reads a stored log without the exchanges that cannot be read. */
export function parseLog(text: string | null): Exchange[] {
  const stored = parseStored(text);
  return Array.isArray(stored) ? stored.filter(isExchange).slice(-MAX_EXCHANGES) : [];
}

function isExchange(value: unknown): value is Exchange {
  if (typeof value !== "object" || value === null) return false;
  const { id, said, answer, question, next, generation } = value as Record<string, unknown>;
  return (
    [id, said, answer].every((text) => typeof text === "string") &&
    [question, generation].every((text) => text === null || typeof text === "string") &&
    Array.isArray(next) &&
    next.every((text) => typeof text === "string")
  );
}
