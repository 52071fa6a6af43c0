// The stand-in and its control API.

import { standInProgram } from "./place.js";
import { Server } from "./server.js";

export const TOKEN = "r8_stand_in_token";

export class StandIn {
  /** Starts one; at speed 20 a picture takes half a second instead of ten. */
  static async start({ speed = 20, expiry = 3600, port = 0 } = {}) {
    const args = ["--port", String(port), "--speed", String(speed), "--expiry", String(expiry)];
    const server = new Server("the stand-in", standInProgram(), args);
    const origin = await server.ready(() => server.log.match(/listening on (http:\S+)/)?.[1], 20);
    return new StandIn(server, origin);
  }

  constructor(server, origin) {
    this.server = server;
    this.origin = origin;
  }

  stop() {
    return this.server.stop();
  }

  async #control(method, path, body) {
    const response = await fetch(`${this.origin}/_control/${path}`, {
      method,
      headers: body && { "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_control/${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** Every request that the stand-in received, oldest first. */
  requests() {
    return this.#control("GET", "requests");
  }

  /** Forgets the received requests. */
  forgetRequests() {
    return this.#control("DELETE", "requests");
  }

  /** The received creates with `text` in their prompt. */
  async creates(text = "") {
    const requests = await this.requests();
    return requests.filter(({ endpoint, body }) => endpoint === "create" && (body?.input?.prompt ?? "").includes(text));
  }

  /** The predictions with `text` in their prompt. */
  async predictions(text = "") {
    const predictions = await this.#control("GET", "predictions");
    return predictions.filter(({ input }) => (input?.prompt ?? "").includes(text));
  }

  /** Scripts a fault for `times` requests (`null`: all; absent: one) that contain `prompt` and match the rest. */
  fault(action, { prompt, times, ...match } = {}) {
    const script = { match: { ...match, ...(prompt && { prompt }) }, action };
    if (times !== undefined) script.times = times;
    return this.#control("POST", "faults", script);
  }

  /** The scripts, with how often each was applied. */
  faults() {
    return this.#control("GET", "faults");
  }

  clearFaults() {
    return this.#control("DELETE", "faults");
  }

  /** Every attempt to deliver a webhook. */
  webhooks() {
    return this.#control("GET", "webhooks");
  }

  /** A model as the provider's API describes it. */
  async model(name, owner = "studio") {
    const response = await fetch(`${this.origin}/v1/models/${owner}/${name}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    if (!response.ok) throw new Error(`no model ${owner}/${name}: ${response.status}`);
    return response.json();
  }
}
