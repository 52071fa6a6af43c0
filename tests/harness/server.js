// A program that serves until it is stopped, with everything it starts: a process group of its own.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { until } from "./until.js";

const running = new Set();
process.on("exit", () => {
  for (const server of running) server.signal("SIGKILL");
});

export class Server {
  #ended;

  /**
   * @param {string} name for errors
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

  /** Waits until `probe` gives something; an error with the server's own words when it ends before. */
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
      // The group has ended.
    }
  }

  /** Stops it as a person would, and kills what is left after a moment. */
  async stop() {
    this.signal("SIGTERM");
    const late = setTimeout(() => this.signal("SIGKILL"), 5000);
    await this.#ended;
    clearTimeout(late);
    this.signal("SIGKILL");
    running.delete(this);
  }

  /** As a power cut would. */
  async kill() {
    this.signal("SIGKILL");
    await this.#ended;
    running.delete(this);
  }
}

/** A port that is free at the moment. */
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
