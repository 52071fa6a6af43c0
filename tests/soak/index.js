// `cargo xtask soak`: kills the Worker until the kills or the minutes are used up, and prints the figures.
import { parseArgs } from "node:util";
import { Soak } from "./soak.js";

const { values } = parseArgs({
  options: { kills: { type: "string" }, minutes: { type: "string" }, seed: { type: "string" } },
});
const [kills, minutes, seed] = [values.kills, values.minutes, values.seed].map(Number);
const end = Date.now() + minutes * 60_000;
const soak = await Soak.start({ seed });
try {
  const names = Soak.names();
  for (let round = 0; soak.kills < kills && Date.now() < end; round += 1) {
    const name = names[round % names.length];
    const { reached, seconds, fault } = await soak.round(name);
    const notes = [reached ? "" : " (not reached)", fault ? `, provider: ${fault}` : ""].join("");
    console.log(`kill ${soak.kills} ${name}${notes}: settled in ${seconds.toFixed(1)} s`);
  }
  console.log(JSON.stringify({ seed, ...(await soak.finish()) }, null, 2));
} finally {
  await soak.stop();
}
