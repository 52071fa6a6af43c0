// Waiting for something to become true, never longer than said.
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks `probe` until it gives something, and gives that.
 * @template T
 * @param {string} what for the error
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
