// What a series costs, in words, before it is asked for.
import type { ShootCost } from "../api/types";
import { plural } from "../ui/format";

/**
 * The cost to the person in pictures, the unit of the allowance. `left`: null means no limit. `parts`: what can be left
 * out to make it less.
 */
export function costSentence(pictures: number, left: number | null, parts: "shots" | "values"): string {
  const count = plural(pictures, "picture");
  if (left === null) return `${count}. Your studio sets you no limit.`;
  if (left >= pictures) return `${count} of the ${left} that your allowance still covers.`;
  const covers = left === 0 ? "is used up" : `covers ${left} more`;
  return `${count}, but your allowance ${covers}. Leave some ${parts} out, or ask your studio to raise it.`;
}

/** How much computing the pictures need at the provider. */
export function workSentence({ steps, gpu_seconds: seconds }: Pick<ShootCost, "steps" | "gpu_seconds">): string {
  const time = seconds < 90 ? plural(seconds, "second") : plural(Math.round(seconds / 60), "minute");
  return `${plural(steps, "step")} in all: an estimated ${time} of computing, not counting the wait.`;
}
