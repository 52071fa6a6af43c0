// Attempts of every kind, mixed and sampled to a budget, a few at once.
import { fetches } from "./addresses.js";
import { Cast } from "./cast.js";
import { sessions, webhooks } from "./credentials.js";
import { attempts as fields } from "./fields.js";
import { elsewhere, inPaths, pairsInPaths } from "./ids.js";
import { prepare, RACES } from "./races.js";
import { assertSecretsHidden } from "./secrets.js";

const AT_ONCE = 6;

/** Tries about `budget` attempts, in equal shares where there are enough of a kind. Returns how many of each. */
export async function attack(cast, budget) {
  const kinds = {
    "ids in paths": inPaths(cast),
    "pairs of ids in paths": pairsInPaths(cast),
    "ids in bodies, queries and headers": elsewhere(cast),
    "altered sessions": sessions(cast),
    "forged webhooks": await webhooks(cast, Math.ceil(budget / 5)),
    "extra fields": fields(cast),
  };
  const figures = {};
  // The kinds with the fewest attempts first: what they leave of their share goes to the others.
  const ordered = Object.entries(kinds).sort(([, one], [, other]) => one.length - other.length);
  let left = budget;
  for (const [index, [kind, all]] of ordered.entries()) {
    const chosen = cast.random.shuffled(all).slice(0, Math.ceil(left / (ordered.length - index)));
    await inTurns(chosen);
    figures[kind] = `${chosen.length} of ${all.length}`;
    left -= chosen.length;
  }
  await cast.assertUntouched();
  return figures;
}

async function inTurns(attempts) {
  const queue = attempts.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const attempt of queue) await attempt();
    }),
  );
}

/** Runs every race `rounds` times. */
export async function races(studio, rounds) {
  const people = { studio, ...(await prepare(studio)) };
  for (const [name, race] of Object.entries(RACES)) {
    for (let round = 0; round < rounds; round += 1) await race(people, round);
    console.log(`race ${name}: ${rounds} rounds`);
  }
}

export { assertSecretsHidden, Cast, fetches };
