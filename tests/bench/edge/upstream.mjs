// A provider that answers at once: the part of Replicate's API that a studio uses, with every prediction already over.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { root } from "../../harness/place.js";

const VERSION = "ab".repeat(32);
const fixture = (path) => readFile(join(root, "tests/fixtures", path));

export class Upstream {
  /** Whether predictions succeed with a picture; without, they are canceled. */
  pictures = false;
  #predictions = new Map();

  /** @param {string} [picture] the WebP file that every prediction makes; by default a very small one */
  static async start(picture = join(root, "tests/fixtures/pictures/lossy.webp")) {
    const upstream = new Upstream();
    upstream.schema = JSON.parse(await fixture("schemas/flux-lora-hotswap.json"));
    upstream.picture = await readFile(picture);
    upstream.server = createServer((request, response) => upstream.#serve(request, response));
    upstream.server.keepAliveTimeout = 60_000;
    await new Promise((ready) => upstream.server.listen(0, "127.0.0.1", ready));
    upstream.origin = `http://127.0.0.1:${upstream.server.address().port}`;
    return upstream;
  }

  /** The model that `tests/harness/studio.js` binds. */
  model() {
    return { latest_version: { id: VERSION } };
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  async #serve(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = new URL(request.url, this.origin).pathname;
    if (path.startsWith("/files/")) {
      response.writeHead(200, { "content-type": "image/webp", "content-length": this.picture.length });
      response.end(this.picture);
      return;
    }
    const answer = this.#answer(request.method, path, chunks);
    const body = JSON.stringify(answer ?? { detail: `no ${path}` });
    response.writeHead(answer ? (request.method === "POST" ? 201 : 200) : 404, { "content-type": "application/json" });
    response.end(body);
  }

  #answer(method, path, chunks) {
    if (path.includes("/versions/")) {
      return { id: VERSION, created_at: "2026-01-01T00:00:00Z", cog_version: "0.14.0", openapi_schema: this.schema };
    }
    if (path === "/v1/account") return { type: "user", username: "bench" };
    if (path === "/v1/webhooks/default/secret") return { key: `whsec_${Buffer.alloc(32).toString("base64")}` };
    if (path === "/v1/predictions" && method === "POST") return this.#create(JSON.parse(Buffer.concat(chunks)));
    return this.#predictions.get(path.split("/")[3]);
  }

  #files(id, count = 1) {
    return Array.from({ length: count }, (_, index) => `${this.origin}/files/${id}-${index}.webp`);
  }

  #create({ version, input }) {
    const id = `p${String(this.#predictions.size).padStart(25, "0")}`;
    const now = new Date().toISOString();
    const prediction = {
      id,
      version,
      input,
      model: "studio/bench-selfie-lora",
      status: this.pictures ? "succeeded" : "canceled",
      created_at: now,
      started_at: now,
      completed_at: now,
      logs: "Using seed: 4242\n",
      error: null,
      output: this.pictures ? this.#files(id, input.num_outputs) : null,
      urls: { get: `${this.origin}/v1/predictions/${id}`, cancel: `${this.origin}/v1/predictions/${id}/cancel` },
    };
    this.#predictions.set(id, prediction);
    return prediction;
  }
}
