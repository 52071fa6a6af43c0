// A Worker in a workerd of its own, and the processor time that this workerd has used.
//
// Miniflare provides D1, R2, assets and Durable Objects, but requests reach the Worker over a direct socket, not through
// the JavaScript Worker that Miniflare puts before it.
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { root } from "../../harness/place.js";

const require = createRequire(join(root, "www/package.json"));
const load = async (name) => {
  const module = await import(pathToFileURL(require.resolve(name)).href);
  return module.default ?? module;
};
export const { Miniflare, Log, LogLevel } = await load("miniflare");
export const { build } = await load("esbuild");

const TICKS_PER_SECOND = Number(execFileSync("getconf", ["CLK_TCK"]));

export class Runtime {
  /** Starts a Worker with Miniflare's options on a fresh folder `persist`. */
  static async start(options, persist) {
    const before = children();
    const runtime = new Runtime();
    runtime.miniflare = new Miniflare({
      ...options,
      host: "127.0.0.1",
      port: 0,
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
      cf: false,
      defaultPersistRoot: persist,
      log: new Log(LogLevel.ERROR),
      handleRuntimeStdio: (stdout, stderr) => {
        stdout.resume();
        stderr.on("data", (chunk) => {
          const lines = String(chunk).split("\n");
          // workerd remarks on alarms that a busy machine is late for.
          const told = lines.filter((line) => line && !line.includes("NOSENTRY SQLite alarm"));
          if (told.length > 0) console.error(told.join("\n"));
        });
      },
    });
    await runtime.miniflare.ready;
    runtime.origin = (await runtime.miniflare.unsafeGetDirectURL()).origin;
    runtime.process = children().find((child) => !before.includes(child));
    return runtime;
  }

  /** Runs SQL statements on a D1 database. */
  async sql(binding, sql) {
    const database = await this.miniflare.getD1Database(binding);
    const statements = sql
      .replace(/^\s*--.*$/gm, "")
      .split(";")
      .filter((statement) => statement.trim());
    await database.batch(statements.map((statement) => database.prepare(statement)));
  }

  /** Milliseconds of processor time so far, on all threads. */
  processorTime() {
    const stat = readFileSync(`/proc/${this.process}/stat`, "utf8");
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13)
      .map(Number);
    return ((user + system) * 1000) / TICKS_PER_SECOND;
  }

  /** Milliseconds of processor time of the threads that are alive, to the microsecond. */
  preciseTime() {
    const tasks = `/proc/${this.process}/task`;
    const nanoseconds = readdirSync(tasks).map((task) =>
      Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]),
    );
    return nanoseconds.reduce((sum, time) => sum + time, 0) / 1_000_000;
  }

  /** Waits until the Worker has finished what it does after its answers: until it uses no time for 0.3 s. */
  async quiet() {
    for (let before = -1, tries = 0; tries < 200; tries += 1) {
      const now = this.processorTime();
      if (now === before) return;
      before = now;
      await sleep(300);
    }
    throw new Error("the Worker was still busy a minute after the last request");
  }

  stop() {
    return this.miniflare.dispose();
  }
}

/** Process ids of this process's children. */
function children() {
  return spawnSync("pgrep", ["-P", String(process.pid), "workerd"], { encoding: "utf8" })
    .stdout.split("\n")
    .filter(Boolean);
}
