// What was said to Maya and what she answered: kept by this browser alone.

export interface Exchange {
  readonly id: string;
  readonly said: string;
  readonly answer: string;
  /** What she would like to know; nothing can be made without it. */
  readonly question: string | null;
  /** What could be said next. */
  readonly next: readonly string[];
  /** The generation that it led to; null: none yet. */
  readonly generation: string | null;
}

/** Older ones are forgotten. */
const MOST = 60;

export const withExchange = (log: readonly Exchange[], exchange: Exchange): Exchange[] =>
  [...log, exchange].slice(-MOST);

/** Everything said since the last generation led to `generation`. */
export const settled = (log: readonly Exchange[], generation: string): Exchange[] =>
  log.map((exchange) => (exchange.generation === null ? { ...exchange, generation } : exchange));

export const leadingTo = (log: readonly Exchange[], generation: string | null): Exchange[] =>
  log.filter((exchange) => exchange.generation === generation);

/** Reads a stored log; what cannot be read is left out. */
export function parseLog(text: string | null): Exchange[] {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
  return Array.isArray(stored) ? stored.filter(isExchange).slice(-MOST) : [];
}

function isExchange(one: unknown): one is Exchange {
  if (typeof one !== "object" || one === null) return false;
  const { id, said, answer, question, next, generation } = one as Record<string, unknown>;
  const text = [id, said, answer].every((value) => typeof value === "string");
  const maybe = [question, generation].every((value) => value === null || typeof value === "string");
  return text && maybe && Array.isArray(next) && next.every((value) => typeof value === "string");
}
