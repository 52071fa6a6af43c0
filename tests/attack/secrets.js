// The provider's token and the signing key in nothing that is written: logs, assets, rows, objects, and what the provider
// receives. Every answer of every suite is searched by the client itself (harness/client.js).
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SECRETS } from "../harness/client.js";
import { root } from "../harness/place.js";

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Returns how many places were searched. */
export async function assertSecretsHidden({ worker, standIn }) {
  const places = new Map([
    ["the Worker's log", Buffer.from(worker.server.log)],
    ["the provider's received requests", Buffer.from(JSON.stringify(await standIn.requests()))],
  ]);
  for (const folder of [join(root, "www/dist"), worker.persist]) {
    for (const file of files(folder)) places.set(file, readFileSync(file));
  }
  for (const [place, bytes] of places) {
    for (const secret of SECRETS) assert.ok(!bytes.includes(secret), `${place} has ${secret}`);
  }
  return places.size;
}
