// Sign-in links and sessions, minted without the project's own code, because the format is under test.
import { createHmac, randomBytes } from "node:crypto";
import { SIGNING_KEY } from "./worker.js";

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

/** `base64url(claims) "." base64url(HMAC-SHA256(kind "." claims))` */
export function mint(kind, claims, key = SIGNING_KEY) {
  const payload = base64url(JSON.stringify(claims));
  return `${payload}.${base64url(createHmac("sha256", key).update(`${kind}.${payload}`).digest())}`;
}

export const nonce = () => randomBytes(16).toString("hex");

/** The token of a sign-in link, minted now with the key alone. */
export function link(user, { role = "person", minutes = 60, key, kind = "selfsame.link.v1", ...claims } = {}) {
  const expires = Date.now() + minutes * 60_000;
  return mint(kind, { user, role, nonce: nonce(), expires, minted: Date.now(), ...claims }, key);
}
