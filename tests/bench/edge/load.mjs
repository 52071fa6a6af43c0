// Keeps so many connections busy with requests until so many have been answered.
import { Agent, request as send } from "node:http";

export class Load {
  /** @param {string} origin @param {number} connections */
  constructor(origin, connections) {
    this.origin = origin;
    this.connections = connections;
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Sends `count` requests, each as `next` describes it; an answer of another status than expected is an error. */
  async run(count, next) {
    let left = count;
    const connection = async () => {
      while (left-- > 0) await this.#exchange(next());
    };
    await Promise.all(Array.from({ length: this.connections }, connection));
  }

  #exchange({ method = "GET", path, headers, body, status = 200 }) {
    return new Promise((resolve, reject) => {
      const request = send(this.origin + path, { method, headers, agent: this.agent }, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === status) resolve();
          else
            reject(new Error(`${method} ${path} -> ${response.statusCode}: ${Buffer.concat(chunks).subarray(0, 400)}`));
        });
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  close() {
    this.agent.destroy();
  }
}
