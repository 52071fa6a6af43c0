// What was said to Maya and what she answered, beside the generations that it led to.
import type { NewTurn, Turn } from "../../api/types";

/** One turn of the conversation. */
export interface Exchange {
  /** Identifies it on this page, before and after the studio has it. */
  readonly key: string;
  /** The number and the time that the studio gave it; null until the studio has it. */
  readonly stored: { readonly number: number; readonly at: string } | null;
  readonly turn: NewTurn;
}

/** A turn that is on its way to the studio. */
export const unstored = (key: string, turn: NewTurn): Exchange => ({ key, stored: null, turn });

/** The log with turns as the studio has them, in its order. Those that it does not have yet come last. */
export function withTurns(log: readonly Exchange[], turns: readonly Turn[]): Exchange[] {
  const byNumber = new Map(
    log.flatMap((exchange) => (exchange.stored === null ? [] : [[exchange.stored.number, exchange]])),
  );
  for (const { number, created_at: at, ...turn } of turns)
    byNumber.set(number, { key: byNumber.get(number)?.key ?? `turn-${number}`, stored: { number, at }, turn });
  const stored = [...byNumber.values()].sort((a, b) => (a.stored?.number ?? 0) - (b.stored?.number ?? 0));
  return [...stored, ...log.filter((exchange) => exchange.stored === null)];
}

/** The log after the studio has stored the turn with this key as `turn`. */
export const withStored = (log: readonly Exchange[], key: string, turn: Turn): Exchange[] => {
  const { number, created_at: at } = turn;
  const known = log.some(({ stored }) => stored?.number === number);
  const left = log.filter((exchange) => !known || exchange.key !== key);
  return withTurns(
    left.map((exchange) => (exchange.key === key ? { ...exchange, stored: { number, at } } : exchange)),
    [turn],
  );
};

interface Asked {
  readonly id: string;
  readonly created_at: string;
}

/**
 * The exchanges by the generation that they led to, and under null those that have led to none yet. An exchange whose
 * generation is unknown, because it was deleted, stands where its time is. `asked`: the generations, newest first.
 */
export function leadingTo(
  log: readonly Exchange[],
  asked: readonly Asked[],
): ReadonlyMap<string | null, readonly Exchange[]> {
  const known = new Set(asked.map(({ id }) => id));
  const oldestFirst = asked.toReversed();
  const groups = new Map<string | null, Exchange[]>();
  for (const exchange of log) {
    const { stored } = exchange;
    const named = exchange.turn.generation ?? null;
    const next = () => (stored === null ? undefined : oldestFirst.find(({ created_at }) => created_at >= stored.at));
    const generation = named === null ? null : known.has(named) ? named : (next()?.id ?? null);
    groups.set(generation, [...(groups.get(generation) ?? []), exchange]);
  }
  return groups;
}

/** When the oldest stored exchange was said; null without one. */
export const beginsAt = (log: readonly Exchange[]): string | null =>
  log.find(({ stored }) => stored !== null)?.stored?.at ?? null;
