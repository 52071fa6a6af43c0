// An HTTP client of the studio that keeps the session cookie and checks what every response must have.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { TOKEN } from "./stand-in.js";
import { until } from "./until.js";
import { SIGNING_KEY } from "./worker.js";

/** What no answer may have: the provider's token and the signing key. */
export const SECRETS = [TOKEN, SIGNING_KEY];

const CSP = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
];

/** Asserts the security headers of a response. */
export function assertSecure(headers, where) {
  const policy = headers.get("content-security-policy") ?? "";
  // What no page of the studio uses may be shut off from everything instead.
  const isShut = /^default-src 'none';.* sandbox$/.test(policy);
  for (const directive of isShut ? [] : CSP)
    assert.ok(policy.includes(directive), `${where}: CSP lacks ${directive}: ${policy}`);
  assert.ok(isShut || !policy.includes("unsafe-inline"), `${where}: CSP allows inline code: ${policy}`);
  assert.equal(headers.get("x-content-type-options"), "nosniff", where);
  assert.equal(headers.get("x-frame-options"), "DENY", where);
  assert.equal(headers.get("referrer-policy"), "no-referrer", where);
  assert.match(headers.get("strict-transport-security") ?? "", /max-age=\d{7,}/, where);
  assert.ok(headers.get("permissions-policy"), where);
  assert.equal(headers.get("cross-origin-opener-policy"), "same-origin", where);
}

/** Asserts an error response: a stable code, a sentence, a request id, and no internals. */
export function assertError(answer, status, code, field) {
  assert.equal(answer.status, status, `${answer.where}: ${answer.text.slice(0, 400)}`);
  assert.match(answer.headers.get("content-type") ?? "", /^application\/json/, answer.where);
  const { error, ...rest } = answer.json ?? {};
  assert.deepEqual(rest, {}, answer.where);
  assert.ok(error, answer.where);
  if (code) assert.equal(error.code, code, `${answer.where}: ${answer.text}`);
  if (field !== undefined) assert.equal(error.field, field, `${answer.where}: ${answer.text}`);
  assert.match(error.request_id, /^req_[0-9a-z]{26}$/, answer.where);
  assert.ok(error.message.length > 10 && error.message.length < 300, answer.text);
  // The letters of a request id are random, so they may spell any of these words.
  const said = answer.text.replace(error.request_id, "");
  assert.doesNotMatch(said, /panicked|RuntimeError|unreachable|\.rs:|wasm|r8_|127\.0\.0\.1|stack|D1_|SQLITE/i);
  const allowed = ["code", "message", "field", "request_id"];
  assert.deepEqual(
    Object.keys(error).filter((key) => !allowed.includes(key)),
    [],
    answer.text,
  );
}

/** The error without its request id, which differs in every response. */
export function errorBody(answer) {
  const { request_id: _, ...error } = answer.json.error;
  return error;
}

let clients = 0;

export class Client {
  /**
   * @param {string} origin where requests are sent
   * @param {string} [page] the origin of the page that sends them; by default the same
   */
  constructor(origin, page = origin) {
    this.origin = origin;
    this.page = page;
    this.cookie = "";
    // An address of its own, as on the platform, because sign-ins are limited for each address.
    clients += 1;
    this.address = `10.${(clients >> 8) & 255}.${clients & 255}.7`;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {{ json?: unknown, body?: BodyInit, headers?: Record<string, string | undefined> }} [options]
   *   a header of `undefined` is left out
   */
  async request(method, path, { json, body, headers = {} } = {}) {
    const all = {
      origin: this.page,
      "cf-connecting-ip": this.address,
      ...(this.cookie && { cookie: this.cookie }),
    };
    if (json !== undefined) all["content-type"] = "application/json";
    for (const [name, value] of Object.entries(headers)) {
      if (value === undefined) delete all[name];
      else all[name] = value;
    }
    const send = () =>
      fetch(this.origin + path, {
        method,
        headers: all,
        body: json === undefined ? body : JSON.stringify(json),
        redirect: "manual",
        ...(body instanceof ReadableStream && { duplex: "half" }),
      });
    // An idle connection may be closed while a request is on its way; a browser reads once more, too.
    const isClosed = (error) => method === "GET" && error.cause?.code === "UND_ERR_SOCKET";
    const response = await send().catch((error) => (isClosed(error) ? send() : Promise.reject(error)));
    const bytes = Buffer.from(await response.arrayBuffer());
    const where = `${method} ${path} -> ${response.status}`;
    assertSecure(response.headers, where);
    assert.ok(response.status < 500 || response.status === 503, `${where}: ${bytes.subarray(0, 400)}`);
    const text = bytes.toString("utf8");
    const shown = text + JSON.stringify([...response.headers]);
    for (const secret of SECRETS) assert.ok(!shown.includes(secret), `${where} shows a secret`);
    const isJson = /^application\/json/.test(response.headers.get("content-type") ?? "");
    return {
      where,
      status: response.status,
      headers: response.headers,
      bytes,
      text,
      json: isJson && method !== "HEAD" ? JSON.parse(text) : undefined,
    };
  }

  get(path, options) {
    return this.request("GET", path, options);
  }

  post(path, json, options) {
    return this.request("POST", path, { json, ...options });
  }

  delete(path, options) {
    return this.request("DELETE", path, options);
  }

  /** Signs in with a link's token and keeps the cookie. */
  async signIn(token) {
    const answer = await this.post("/api/session", { token });
    const set = answer.headers.getSetCookie();
    if (set.length > 0) this.cookie = set[0].split(";")[0];
    return answer;
  }

  /** Posts a generation request with an `Idempotency-Key`. */
  generate(request, key = randomUUID()) {
    return this.post("/api/generations", request, { headers: { "idempotency-key": key } });
  }

  /** Posts a generation request that must be accepted, and returns the generation. */
  async ask(request, key) {
    const answer = await this.generate(request, key);
    assert.equal(answer.status, 202, `${answer.where}: ${answer.text}`);
    return answer.json;
  }

  /** Gets a generation that must exist. */
  async generation(id) {
    const answer = await this.get(`/api/generations/${id}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  }

  /** Waits for the generation to end, and returns it. */
  finished(id, seconds = 30) {
    return until(
      `generation ${id} to end`,
      async () => {
        const generation = await this.generation(id);
        return ["succeeded", "failed", "canceled"].includes(generation.status) && generation;
      },
      { seconds },
    );
  }
}
