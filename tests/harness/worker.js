// The Worker with its real configuration and build, in workerd with local D1, R2 and Durable Objects (workerd.js).
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root, wrangler } from "./place.js";
import { freePort, Server } from "./server.js";

const run = promisify(execFile);

export const SIGNING_KEY = "a signing key for tests, of more than 32 bytes";

export class Worker {
  /** Starts a Worker on a fresh folder with these variables. With `EMAIL_FROM` it has the binding `EMAIL`, too. */
  static async start(vars = {}) {
    const folder = mkdtempSync(join(tmpdir(), "selfsame-worker-"));
    const keys = vars.SIGNING_KEYS ? {} : { SIGNING_KEY };
    const worker = new Worker(folder, await freePort(), { ...keys, ...vars });
    await worker.wrangler("d1", "migrations", "apply", "DIRECTORY");
    await worker.start();
    return worker;
  }

  constructor(folder, port, vars) {
    this.folder = folder;
    this.port = port;
    this.vars = vars;
    /** Durable Object bindings that the Worker has to do without, from its next start. */
    this.without = [];
    this.origin = `http://127.0.0.1:${port}`;
  }

  get persist() {
    return join(this.folder, "state");
  }

  /** Runs SQL on the directory of a Worker that is not running. */
  directory(...statements) {
    return this.wrangler("d1", "execute", "DIRECTORY", "--yes", "--command", statements.join(";"));
  }

  /** What the Worker, which is not running, has stored with one of the words in it: `{ tables, keys, databases }`. */
  async stored(...words) {
    const settings = JSON.stringify({ persist: this.persist, words });
    const script = join(root, "tests/harness/stored.js");
    const { stdout } = await run(process.execPath, [script, settings], {
      cwd: root,
      env: { ...process.env, ...QUIET },
    });
    return JSON.parse(stdout.trim().split("\n").at(-1));
  }

  /** Runs a command of wrangler on the stored state. */
  async wrangler(...command) {
    const env = { ...process.env, ...QUIET };
    try {
      await run(wrangler, [...command, "--local", "--persist-to", this.persist], { cwd: root, env });
    } catch ({ stdout, stderr }) {
      throw new Error(`wrangler ${command.join(" ")} failed:\n${stdout}${stderr}`);
    }
  }

  /** Loses an object, although no request asked for it. */
  deleteObject(bucket, key) {
    return this.wrangler("r2", "object", "delete", `${bucket}/${key}`);
  }

  /** Starts the Worker, or restarts it on its stored state. */
  async start() {
    const { port, persist, vars, without } = this;
    const settings = JSON.stringify({ port, persist, vars, without });
    const script = join(root, "tests/harness/workerd.js");
    this.server = new Server("the Worker", process.execPath, [script, settings], { cwd: root, env: QUIET });
    await this.server.ready(() => this.server.log.includes("workerd is ready"));
  }

  /** Restarts the Worker on its stored state with other variables. */
  async restart(vars) {
    await this.kill();
    this.vars = vars;
    await this.start();
  }

  /** Kills the process group with SIGKILL, workerd included. */
  kill() {
    return this.server.kill();
  }

  async stop() {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const QUIET = { WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", NO_COLOR: "1", CI: "1" };
