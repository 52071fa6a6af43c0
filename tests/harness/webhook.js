// Webhooks as the provider sends them.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { TOKEN } from "./stand-in.js";
import { sleep } from "./until.js";

/** The secret that the provider signs its webhooks with. */
export async function webhookSecret(standIn) {
  const response = await fetch(`${standIn.origin}/v1/webhooks/default/secret`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return (await response.json()).key;
}

/** Posts `body` to `path` as `client`, signed with `secret`. A header of `undefined` is left out. */
export function post(
  client,
  path,
  body,
  { secret, id = `msg_${randomUUID()}`, at = Math.floor(Date.now() / 1000), headers = {} },
) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return client.request("POST", path, {
    body,
    headers: {
      origin: undefined,
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(at),
      "webhook-signature": `v1,${signature}`,
      ...headers,
    },
  });
}

/** Posts `body` to `path`, signed with the provider's own secret unless `options` name another. */
export async function deliver(studio, path, body, options = {}) {
  const secret = options.secret ?? (await webhookSecret(studio.standIn));
  return post(studio.anonymous(), path, body, { ...options, secret });
}

/**
 * Whether webhooks about `prediction` at `path` make the studio look at it. While webhooks arrive, its own polls are ten
 * seconds apart, and without them about one: so two looks that each follow a webhook, with none in the pause between,
 * are the webhooks' doing. Each webhook is signed, has an id of its own, and must be answered with 204.
 */
export async function makesStudioLook(studio, path, prediction) {
  const secret = await webhookSecret(studio.standIn);
  const looks = async () => {
    const requests = await studio.standIn.requests();
    return requests.filter((request) => request.endpoint === "get" && request.path.endsWith(`/${prediction.id}`))
      .length;
  };
  const looksWithin = async (milliseconds) => {
    const before = await looks();
    await sleep(milliseconds);
    return (await looks()) - before;
  };
  const looksAfterWebhook = async () => {
    const before = await looks();
    const response = await post(studio.anonymous(), path, JSON.stringify(prediction), { secret });
    assert.equal(response.status, 204, response.where);
    // Two looks are at least a second apart.
    await sleep(1800);
    return (await looks()) - before;
  };
  const first = await looksAfterWebhook();
  const between = await looksWithin(2500);
  const second = await looksAfterWebhook();
  return first > 0 && between === 0 && second > 0;
}
