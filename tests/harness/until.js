// Waiting for a condition, with a timeout.
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Calls `probe` until it returns a truthy value, and returns that.
 * @template T
 * @param {string} what is waited for, for the error
 * @param {() => T | Promise<T>} probe
 * @param {{ seconds?: number, every?: number }} [options]
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, probe, { seconds = 30, every = 50 } = {}) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} seconds`);
    await sleep(every);
  }
}

export { sleep };
