// The Worker under `wrangler dev`: the real configuration, the real build, workerd with local D1, R2 and Durable Objects.
//
// Not Miniflare with options of our own: what is tested is what `wrangler.toml` says, assets and migrations included.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, wrangler } from "./place.js";
import { Server, freePort } from "./server.js";

export const SIGNING_KEY = "a signing key for tests, of more than 32 bytes";

export class Worker {
  /** Starts one on a fresh folder, with these variables. */
  static async start(vars = {}) {
    const folder = mkdtempSync(join(tmpdir(), "selfsame-worker-"));
    const worker = new Worker(folder, await freePort());
    // Named explicitly, the file replaces `.dev.vars`, which may hold somebody's real token.
    const lines = Object.entries({ SIGNING_KEY, ...vars }).map(([name, value]) => `${name}="${value}"\n`);
    writeFileSync(worker.vars, lines.join(""));
    const migrate = spawnSync(
      wrangler,
      ["d1", "migrations", "apply", "DIRECTORY", "--local", "--persist-to", worker.persist],
      { cwd: root, env: { ...process.env, ...QUIET }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
    if (migrate.status !== 0) throw new Error(`migrations failed:\n${migrate.stdout}${migrate.stderr}`);
    await worker.start();
    return worker;
  }

  constructor(folder, port) {
    this.folder = folder;
    this.port = port;
    this.origin = `http://127.0.0.1:${port}`;
  }

  get persist() {
    return join(this.folder, "state");
  }

  get vars() {
    return join(this.folder, "vars.env");
  }

  /** Starts it, or starts it again on what it has stored. */
  async start() {
    const args = ["dev", "--ip", "127.0.0.1", "--port", String(this.port), "--inspector-port", "0"];
    args.push("--persist-to", this.persist, "--env-file", this.vars, "--show-interactive-dev-session=false");
    this.server = new Server("the Worker", wrangler, args, { cwd: root, env: QUIET });
    await this.server.ready(async () => {
      const response = await fetch(`${this.origin}/api/health`).catch(() => null);
      return response?.ok || response?.status === 503;
    }, 90);
  }

  /** kill -9, workerd included. */
  kill() {
    return this.server.kill();
  }

  async stop() {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const QUIET = { WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", NO_COLOR: "1", CI: "1" };
