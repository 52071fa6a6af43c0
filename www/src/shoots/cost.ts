import { plural } from "../ui/plural";
import type { Cost } from "./plan";

/** The cost to the person in pictures, the unit of the allowance. `left`: null means no limit. */
export function costSentence(pictures: number, left: number | null): string {
  if (pictures === 0) return "No shot is chosen.";
  const count = plural(pictures, "picture");
  if (left === null) return `${count}. Your studio sets you no limit.`;
  if (left >= pictures) return `${count} of the ${left} that your allowance still covers.`;
  const covers = left === 0 ? "is used up" : `covers ${left} more`;
  return `${count}, but your allowance ${covers}. Leave some shots out, or ask your studio to raise it.`;
}

/** The work at the provider. */
export function workSentence({ steps, gpuSeconds }: Cost): string {
  const time = gpuSeconds < 90 ? `${gpuSeconds} seconds` : `${Math.round(gpuSeconds / 60)} minutes`;
  return `${steps} steps in all: an estimated ${time} of computing, not counting the wait.`;
}
