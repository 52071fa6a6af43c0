// What a request costs the studio's Worker, beside a small JavaScript Worker that does the same work: processor time of
// workerd per request, the median of rounds in which the two take turns. `cargo xtask bench edge` runs it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Load } from "./load.mjs";
import { startJavaScript, startStudio } from "./sides.mjs";
import { Upstream } from "./upstream.mjs";

const ROUNDS = 5;
const CONNECTIONS = [1, 16];
const [worker] = process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), "selfsame-bench-"));
const upstream = await Upstream.start();
const sides = [];
try {
  const studio = await startStudio(resolve(worker, "index.js"), upstream, join(folder, "studio"));
  sides.push(studio);
  const javascript = await startJavaScript(upstream, folder);
  sides.push(javascript);

  // What is listed: generations with a picture each, more than a page.
  upstream.pictures = true;
  for (const { runtime, create } of sides) await measure(runtime, 1, 25, create);

  const rows = [
    { name: "no-op", count: 1500, ours: studio.health, theirs: javascript.forward, against: "forward", goal: 0.5 },
    { name: "GET /api/me", count: 800, ours: studio.me, theirs: javascript.list, against: "list of 20", goal: 1 },
    { name: "list of 20", count: 400, ours: studio.list, theirs: javascript.list, against: "list of 20", goal: 1 },
    { name: "create", count: 200, ours: studio.create, theirs: javascript.create, against: "create", goal: 0.8 },
    {
      name: "create, with its picture",
      count: 100,
      ours: studio.create,
      theirs: javascript.create,
      against: "the same",
      pictures: true,
    },
  ];
  console.log(`milliseconds of processor time per request, median of ${ROUNDS} rounds\n`);
  print("", "connections", "studio", "JavaScript", "ratio");
  for (const { name, against, goal, pictures = false, ...row } of rows) {
    upstream.pictures = pictures;
    for (const connections of CONNECTIONS) {
      const [ours, theirs] = await compare(row, connections, studio.runtime, javascript.runtime);
      const aim = goal === undefined ? "" : `, goal ${goal}`;
      print(
        name,
        connections,
        ours.toFixed(2),
        theirs.toFixed(2),
        (ours / theirs).toFixed(2),
        `of its ${against}${aim}`,
      );
    }
  }
} finally {
  for (const { runtime } of sides) await runtime.stop();
  upstream.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The medians of both; the first round warms up and does not count. */
async function compare({ count, ours, theirs }, connections, studio, javascript) {
  const times = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    times[0].push(await measure(studio, connections, count, ours));
    times[1].push(await measure(javascript, connections, count, theirs));
  }
  return times.map((all) => all.slice(1).sort((a, b) => a - b)[ROUNDS >> 1]);
}

/** Milliseconds of processor time per request, with what the Worker does after its answers. */
async function measure(runtime, connections, count, request) {
  const load = new Load(runtime.origin, connections);
  const before = runtime.processorTime();
  await load.run(count, request);
  await runtime.quiet();
  load.close();
  return (runtime.processorTime() - before) / count;
}

function print(name, connections, ours, theirs, ratio, note = "") {
  console.log(
    `${name.padEnd(26)}${String(connections).padStart(12)}${ours.padStart(9)}${theirs.padStart(12)}${ratio.padStart(7)}  ${note}`.trimEnd(),
  );
}
