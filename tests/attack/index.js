// The HTTP half of `cargo xtask attack`: prints the figures.
import { parseArgs } from "node:util";
import { Studio } from "../harness/studio.js";
import { assertSecretsHidden, attack, Cast, fetches, races } from "./attack.js";

/** Rounds of every race. */
const ROUNDS = 50;
/** Generations whose outputs lead to this machine. */
const FETCHES = 48;

const { values } = parseArgs({
  options: { attempts: { type: "string" }, seed: { type: "string" }, rounds: { type: "string" } },
});
const cast = await Cast.assemble({ seed: Number(values.seed ?? 1), speed: 1 });
try {
  console.log(JSON.stringify(await attack(cast, Number(values.attempts ?? 3000)), null, 2));
  await fetches(cast, FETCHES);
  console.log(`outputs and redirects to this machine: ${FETCHES}, none fetched`);
  console.log(`places searched for secrets: ${await assertSecretsHidden(cast.studio)}`);
} finally {
  await cast.stop();
}
const studio = await Studio.start({ speed: 20 });
try {
  await races(studio, Number(values.rounds ?? ROUNDS));
  console.log(`places searched for secrets after the races: ${await assertSecretsHidden(studio)}`);
} finally {
  await studio.stop();
}
