// What a request costs the studio's Worker, beside a small JavaScript Worker that does the same work: processor time of
// workerd per request, the median of rounds in which the two take turns. `cargo xtask bench edge` runs it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Load } from "./load.mjs";
import { startJavaScript, startStudio } from "./sides.mjs";
import { Upstream } from "./upstream.mjs";

const ROUNDS = 5;
const CONNECTIONS = [1, 16];
const { values: options, positionals: workers } = parseArgs({
  allowPositionals: true,
  options: { row: { type: "string", multiple: true }, picture: { type: "string" } },
});

const folder = mkdtempSync(join(tmpdir(), "selfsame-bench-"));
const upstream = await Upstream.start(options.picture);
const sides = [];
try {
  for (const [number, worker] of workers.entries()) {
    sides.push(await startStudio(resolve(worker, "index.js"), upstream, join(folder, `studio-${number}`)));
  }
  const studios = [...sides];
  const javascript = await startJavaScript(upstream, folder);
  sides.push(javascript);

  // What is listed: generations with a picture each, more than a page.
  upstream.pictures = true;
  for (const { runtime, people, create } of sides) await measure(runtime, 4, 25 * people, create);

  const all = [
    { name: "no-op", count: 1500, request: "health", theirs: "forward", goal: 0.5 },
    { name: "GET /api/me", count: 800, request: "me", theirs: "list", goal: 1 },
    { name: "list of 20", count: 400, request: "list", theirs: "list", goal: 1 },
    { name: "create", count: 200, request: "create", theirs: "create", goal: 0.8 },
    { name: "create, with its picture", count: 100, request: "create", theirs: "create", pictures: true },
  ];
  const rows = options.row ? all.filter(({ name }) => options.row.includes(name)) : all;
  const columns = workers.map((_, number) => (workers.length > 1 ? `studio ${number + 1}` : "studio"));
  console.log(`milliseconds of processor time per request, median of ${ROUNDS} rounds\n`);
  print(["", "connections", ...columns.flatMap((column) => [column, "ratio"]), "JavaScript"]);
  for (const { name, count, request, theirs, goal, pictures = false } of rows) {
    upstream.pictures = pictures;
    const note = `its ${theirs}${goal === undefined ? "" : `, goal ${goal}`}`;
    for (const connections of CONNECTIONS) {
      const measured = [...studios.map((studio) => [studio, request]), [javascript, theirs]];
      const times = await compare(measured, count, connections);
      const reference = times.pop();
      const cells = times.flatMap((time) => [time.toFixed(2), (time / reference).toFixed(2)]);
      print([name, String(connections), ...cells, reference.toFixed(2)], note);
    }
  }
} finally {
  for (const { runtime } of sides) await runtime.stop();
  upstream.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The median of each; the first round warms up and does not count. */
async function compare(measured, count, connections) {
  const times = measured.map(() => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [number, [side, request]] of measured.entries()) {
      times[number].push(await measure(side.runtime, connections, count, side[request]));
    }
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

function print([name, ...cells], note = "") {
  console.log(`${name.padEnd(26)}${cells.map((cell) => cell.padStart(12)).join("")}  ${note}`.trimEnd());
}
