// What an archive of 500 pictures costs the Worker: processor time, and how far workerd's resident memory grows while it
// streams. `node bench/archive.mjs <folder of a Worker's build> [WebP file]` in the folder `tests`.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as send } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Load } from "./edge/load.mjs";
import { startStudio } from "./edge/sides.mjs";
import { Upstream } from "./edge/upstream.mjs";

const PICTURES = 500;
/** Requests with four pictures each between two pauses: fewer than the queue takes. */
const BATCH = 25;

const [worker, picture] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "selfsame-archive-"));
const upstream = await Upstream.start(picture);
upstream.pictures = true;
const studio = await startStudio(resolve(worker, "index.js"), upstream, folder, 1);
const { runtime } = studio;
const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${runtime.process}/status`, "utf8"))[1]) / 1024;
try {
  const load = new Load(runtime.origin, 4);
  const before = runtime.processorTime();
  for (let made = 0; made < PICTURES; made += 4 * BATCH) {
    await load.run(BATCH, () => studio.create({ pictures: 4 }));
    await runtime.quiet();
  }
  load.close();
  const each = (runtime.processorTime() - before) / PICTURES;
  console.log(`${each.toFixed(1)} ms of processor time per picture that is made, stored and made smaller`);
  await sleep(2_000);
  const rest = resident();
  let most = rest;
  const watch = setInterval(() => (most = Math.max(most, resident())), 20);
  const start = runtime.processorTime();
  const bytes = await archive();
  clearInterval(watch);
  const spent = runtime.processorTime() - start;
  console.log(`${(bytes / 1e6).toFixed(0)} MB streamed in ${spent.toFixed(0)} ms of processor time`);
  console.log(`resident memory: ${rest.toFixed(0)} MB before, ${most.toFixed(0)} MB at most`);
} finally {
  await runtime.stop();
  upstream.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Downloads every picture and returns the size of the archive. */
function archive() {
  const headers = { ...studio.all[0].headers, "content-type": "application/json" };
  const options = { method: "POST", headers };
  return new Promise((done, failed) => {
    const request = send(`${runtime.origin}/api/pictures/archive`, options, (response) => {
      if (response.statusCode !== 200) failed(new Error(`status ${response.statusCode}`));
      let bytes = 0;
      response.on("data", (chunk) => {
        bytes += chunk.length;
      });
      response.on("error", failed);
      response.on("end", () => done(bytes));
    });
    request.on("error", failed);
    request.end(JSON.stringify({ pictures: { query: {} }, recipes: true }));
  });
}
