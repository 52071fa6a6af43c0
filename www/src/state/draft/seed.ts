/** The largest seed that a provider takes: 32 bits. */
const MAX_SEED = 4_294_967_295;

/** A random seed from 1 to `MAX_SEED`. Zero asks a provider to draw one itself, so it is never drawn here. */
export function drawSeed(): number {
  const numbers = new Uint32Array(1);
  do crypto.getRandomValues(numbers);
  while (numbers[0] === 0);
  return numbers[0] ?? 1;
}

/** The seed that `text` says, or null when it says none from 1 to `MAX_SEED`. */
export function parseSeed(text: string): number | null {
  const seed = Number(text);
  return /^\d+$/.test(text.trim()) && seed >= 1 && seed <= MAX_SEED ? seed : null;
}
