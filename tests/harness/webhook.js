// Webhooks as the provider sends them.
import { createHmac, randomUUID } from "node:crypto";
import { TOKEN } from "./stand-in.js";

/** Posts `body` to `path`, signed with the provider's own secret unless told otherwise. */
export async function deliver(
  studio,
  path,
  body,
  { secret, id = `msg_${randomUUID()}`, at = Math.floor(Date.now() / 1000), headers = {} } = {},
) {
  secret ??= (
    await (
      await fetch(`${studio.standIn.origin}/v1/webhooks/default/secret`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      })
    ).json()
  ).key;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return studio.anonymous().request("POST", path, {
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
