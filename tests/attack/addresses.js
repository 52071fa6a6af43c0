// Outputs and redirects that lead to this machine: a server that nobody may call listens there, and counts.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { hostname } from "node:os";

/** A server that must not be called. */
export class Trap {
  static async open() {
    const trap = new Trap();
    await new Promise((resolve) => trap.server.listen(0, "127.0.0.1", resolve));
    return trap;
  }

  constructor() {
    this.calls = [];
    this.server = createServer((request, response) => {
      this.calls.push(`${request.method} ${request.headers.host}${request.url}`);
      response.writeHead(200, { "content-type": "image/webp" }).end("RIFF");
    });
  }

  /** Addresses of the trap, spelt in many ways. */
  get addresses() {
    const { port } = this.server.address();
    const hosts = [
      "127.0.0.1",
      "localhost",
      "127.1",
      "2130706433",
      "0x7f000001",
      "0177.0.0.1",
      "0.0.0.0",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "127.0.0.1.nip.io",
      hostname(),
      `replicate.delivery@127.0.0.1`,
    ];
    const schemes = ["http", "https"];
    return schemes.flatMap((scheme) => hosts.map((host) => `${scheme}://${host}:${port}/out-0.webp`));
  }

  close() {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

/** Generations whose outputs, or whose redirects, lead to the trap: none stores a picture, and the trap hears nothing. */
export async function fetches(cast, count) {
  const trap = await Trap.open();
  const { client, model } = cast.ben;
  try {
    for (let index = 0; index < count; index += 1) {
      const text = `Ben draws the address number ${index} in the sand`;
      const address = trap.addresses[index % trap.addresses.length];
      if (index % 2 === 0) await cast.standIn.fault({ kind: "output_urls", urls: [address] }, { prompt: text });
      else await cast.standIn.fault({ kind: "redirect", to: address }, { prompt: text, times: null });
      const made = await client.ask({ model, text, overrides: { steps: 4 } });
      const done = await client.finished(made.id, 90);
      assert.equal(done.status, "failed", `${address}: ${JSON.stringify(done.pictures)}`);
      assert.ok(!JSON.stringify(done).includes(new URL(address).host), `the answer shows ${address}`);
    }
    assert.deepEqual(trap.calls, []);
  } finally {
    await trap.close();
  }
}
