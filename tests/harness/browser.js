// A browser that keeps every cookie, unlike a Client, which keeps the session's only.
import { Client } from "./client.js";

export const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

export class Browser extends Client {
  #cookies = new Map();

  async request(method, path, options = {}) {
    this.cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "user-agent": FIREFOX, ...options.headers };
    const answer = await super.request(method, path, { ...options, headers });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      if (/Max-Age=0(;|$)/.test(set)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    this.cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return answer;
  }

  /** Opens the page of a sign-in link and signs in, as the page does. */
  async signIn(token) {
    await this.get("/sign-in");
    return this.post("/api/session", { token });
  }

  /** Forgets the session, as if its response had been lost. */
  loseSession() {
    this.#cookies.delete("selfsame-dev");
  }
}
