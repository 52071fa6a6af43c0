// A server program in a process group of its own, so that its child processes stop with it.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { until } from "./until.js";

const running = new Set();
process.on("exit", () => {
  for (const server of running) server.signal("SIGKILL");
});
// By default a signal ends the process without the event above.
for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
  process.once(signal, () => process.exit(128 + number));
}

export class Server {
  #ended;

  /**
   * @param {string} name for error messages
   * @param {string} program
   * @param {string[]} args
   * @param {{ cwd?: string, env?: Record<string, string> }} [options]
   */
  constructor(name, program, args, { cwd, env } = {}) {
    this.name = name;
    this.log = "";
    this.child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#ended = new Promise((resolve) => {
      this.child.once("exit", resolve);
      this.child.once("error", (error) => {
        this.log += String(error);
        resolve(null);
      });
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on("data", (chunk) => {
        this.log += chunk;
        if (process.env.SELFSAME_VERBOSE) process.stderr.write(chunk);
      });
    }
    running.add(this);
  }

  /** Waits until `probe` returns a truthy value. Throws with the server's log when the server ends first. */
  async ready(probe, seconds = 60) {
    const gone = this.#ended.then(() => {
      throw new Error(`${this.name} ended:\n${this.log}`);
    });
    gone.catch(() => {});
    try {
      return await Promise.race([gone, until(`${this.name} to be ready`, probe, { seconds })]);
    } catch (error) {
      error.message += `\n${this.log.slice(-4000)}`;
      throw error;
    }
  }

  signal(signal) {
    if (!this.child.pid) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // The group has already ended.
    }
  }

  /** Stops it with SIGTERM, and with SIGKILL what is left after five seconds. */
  async stop() {
    this.signal("SIGTERM");
    const late = setTimeout(() => this.signal("SIGKILL"), 5000);
    await this.#ended;
    clearTimeout(late);
    this.signal("SIGKILL");
    running.delete(this);
  }

  /** Kills it at once, as a power cut would, and waits until its child processes have let go of their files, too. */
  async kill() {
    this.signal("SIGKILL");
    await this.#ended;
    await until(`${this.name}'s processes to end`, () => !this.#hasProcesses(), { seconds: 30 });
    running.delete(this);
  }

  #hasProcesses() {
    try {
      return process.kill(-this.child.pid, 0);
    } catch {
      return false;
    }
  }
}

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
