// Sessions with a flipped bit, and webhooks that the provider has not sent.
import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { assertError, Client } from "../harness/client.js";
import { Events } from "../harness/socket.js";
import { link, mint } from "../harness/tokens.js";
import { post, webhookSecret } from "../harness/webhook.js";

/** Whether a character can be in a header's value. */
const isSendable = (code) => code >= 0x20 && code !== 0x7f;

/** Ben's session with each bit flipped. */
export function sessions(cast) {
  const [name, token] = cast.ben.client.cookie.split("=");
  const attempts = [];
  for (let place = 0; place < token.length; place += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const code = token.charCodeAt(place) ^ (1 << bit);
      if (!isSendable(code)) continue;
      const flipped = token.slice(0, place) + String.fromCharCode(code) + token.slice(place + 1);
      attempts.push(() => refused(cast, `${name}=${flipped}`));
      if (bit === 0) attempts.push(() => socketRefused(cast, `${name}=${flipped}`));
    }
  }
  for (const claims of [
    { user: "ada" },
    { role: "operator" },
    { expires: 2 ** 52 },
    { session: cast.session.session },
  ]) {
    const own = JSON.parse(Buffer.from(token.split(".")[0], "base64url").toString());
    const changed = Buffer.from(JSON.stringify({ ...own, ...claims })).toString("base64url");
    attempts.push(() => refused(cast, `${name}=${changed}.${token.split(".")[1]}`));
    attempts.push(() => refused(cast, `${name}=${mint("selfsame.session.v1", { ...own, ...claims }, "x".repeat(40))}`));
    attempts.push(() => refused(cast, `${name}=${link("ben", claims)}`));
  }
  return attempts;
}

async function refused(cast, cookie) {
  const thief = new Client(cast.studio.origin);
  thief.cookie = cookie;
  const answer = await thief.get("/api/me");
  cast.assertHidden(answer);
  assertError(answer, 401, "unauthenticated");
}

async function socketRefused(cast, cookie) {
  const events = new Events({ origin: cast.studio.origin, cookie });
  const error = await events.opened.then(
    () => assert.fail("a socket opened"),
    (error) => error,
  );
  assert.equal(error.response?.statusCode, 401, String(error));
}

/** Webhooks for Ada's generation under way, forged in `count` ways. */
export async function webhooks(cast, count) {
  const secret = await webhookSecret(cast.standIn);
  const output = [`${cast.standIn.origin}/delivery/x/out-0.webp`];
  const body = JSON.stringify({ ...cast.prediction, status: "succeeded", output });
  const now = () => Math.floor(Date.now() / 1000);
  const other = () => `whsec_${randomBytes(24).toString("base64")}`;
  const sign = (text, key = secret) =>
    createHmac("sha256", Buffer.from(key.replace(/^whsec_/, ""), "base64"))
      .update(text)
      .digest("base64");
  const flipped = (text) => {
    const bytes = Buffer.from(text, "base64");
    bytes[cast.random.below(bytes.length)] ^= 1 << cast.random.below(8);
    return bytes.toString("base64");
  };
  const kinds = [
    () => ({ secret: other() }),
    () => ({ secret, at: now() - 301 - cast.random.below(100_000) }),
    () => ({ secret, at: now() + 310 + cast.random.below(100_000) }),
    () => ({ secret, id: "msg_1", headers: { "webhook-signature": `v1,${flipped(sign(`msg_1.${now()}.${body}`))}` } }),
    () => ({ secret, id: "msg_1", headers: { "webhook-id": "msg_2" } }),
    () => ({ secret, headers: { "webhook-timestamp": String(now() - 1 - cast.random.below(200)) } }),
    () => ({
      secret,
      headers: { "webhook-timestamp": cast.random.one(["", "now", "-1", "1e9", "99999999999999"]) },
    }),
    () => ({
      secret,
      headers: { "webhook-signature": cast.random.one(["v1,", "v1", "v2,AAAA", "v1,AAAA v1,BBBB", ","]) },
    }),
    () => ({ secret, id: "msg_1", headers: { "webhook-signature": `v2,${sign(`msg_1.${now()}.${body}`)}` } }),
    () => ({ secret, headers: { "webhook-signature": `v1,${sign(body)}` } }),
    () => ({
      secret,
      headers: { [cast.random.one(["webhook-id", "webhook-timestamp", "webhook-signature"])]: undefined },
    }),
    () => ({ secret, id: "m".repeat(256) }),
  ];
  return Array.from({ length: count }, (_, index) => async () => {
    const answer = await post(cast.studio.anonymous(), cast.hook, body, kinds[index % kinds.length]());
    cast.assertHidden(answer);
    assertError(answer, 401, "unauthenticated");
  });
}
