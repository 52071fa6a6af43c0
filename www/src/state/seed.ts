/** A seed from 1 to 4294967295: 0 would mean "draw one yourself" to a provider. */
export function drawSeed(): number {
  const numbers = new Uint32Array(1);
  do crypto.getRandomValues(numbers);
  while (numbers[0] === 0);
  return numbers[0] ?? 1;
}
