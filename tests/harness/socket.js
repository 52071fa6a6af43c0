// A client of `GET /api/events` that collects the messages.
import WebSocket from "ws";
import { until } from "./until.js";

export class Events {
  /** Connects as `client`. */
  static async open(client, options) {
    const events = new Events(client, options);
    await events.opened;
    return events;
  }

  constructor(client, { origin, after } = {}) {
    /** @type {any[]} */
    this.messages = [];
    this.socket = new WebSocket(
      `${client.origin.replace("http", "ws")}/api/events${after === undefined ? "" : `?after=${after}`}`,
      {
        origin: origin ?? client.origin,
        headers: { cookie: client.cookie },
      },
    );
    this.socket.on("message", (data) => this.messages.push(JSON.parse(data.toString())));
    /** Rejects with the HTTP response of a refused handshake. */
    this.opened = new Promise((resolve, reject) => {
      this.socket.once("open", resolve);
      this.socket.once("unexpected-response", (_, response) =>
        reject(Object.assign(new Error("refused"), { response })),
      );
      this.socket.once("error", reject);
    });
  }

  /** Waits for the first message that matches `wanted`. */
  next(what, wanted, seconds = 20) {
    return until(what, () => this.messages.find(wanted), { seconds });
  }

  /** Every announced state of generation `id`. */
  of(id) {
    return this.messages
      .filter((message) => message.type === "generation" && message.generation.id === id)
      .map((message) => message.generation);
  }

  /** Waits until the studio has closed the socket. */
  ended() {
    return until("the socket to be closed", () => this.socket.readyState !== WebSocket.OPEN);
  }

  close() {
    this.socket.terminate();
  }
}
