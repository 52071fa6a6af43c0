// The two Workers that are compared, each with people who are signed in and have a model, and the requests that the
// benchmark sends them.
import { createHmac, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../../harness/place.js";
import { Studio } from "../../harness/studio.js";
import { SIGNING_KEY } from "../../harness/worker.js";
import { build, Runtime } from "./runtime.mjs";

const COMPATIBILITY_DATE = "2026-04-01";
/** So many take turns that none comes near the number of requests that a person may send in a minute. */
const PEOPLE = 32;
const TEXT =
  "a candid photo of a confident person in a cream wool coat, walking through a quiet cobbled street in Lisbon just " +
  "after the rain, looking over one shoulder with a slight smile, 85mm, shallow depth of field";
const OVERRIDES = { steps: 4 };
/** The pacer's highest limits: nothing waits for its turn. */
const UNPACED = { PROVIDER_CREATES_PER_MINUTE: "60000", PROVIDER_READS_PER_MINUTE: "60000" };

/** The studio's Worker, as built into the folder of `script`, with so many people who are signed in. */
export async function startStudio(script, upstream, persist, people = PEOPLE) {
  const runtime = await runStudio(script, upstream, persist);
  const migrations = join(root, "crates/worker/migrations");
  for (const name of (await readdir(migrations)).sort())
    await runtime.sql("DIRECTORY", await readFile(join(migrations, name), "utf8"));
  const all = await signIn(new Studio(upstream, runtime), runtime.origin, people);
  let turn = 0;
  const next = () => all[turn++ % people];
  return {
    runtime,
    people,
    all,
    health: () => ({ path: "/api/health", headers: next().headers }),
    me: () => ({ path: "/api/me", headers: next().headers }),
    list: () => ({ path: "/api/generations?limit=20", headers: next().headers }),
    create: (more = {}) => {
      const { headers, model } = next();
      return post("/api/generations", headers, { model, text: TEXT, overrides: OVERRIDES, ...more }, 202);
    },
  };
}

/** The studio's Worker on the storage in `persist`. */
export async function runStudio(script, upstream, persist) {
  return Runtime.start(
    {
      name: "selfsame",
      compatibilityDate: COMPATIBILITY_DATE,
      bindings: { SIGNING_KEY, STAND_IN_URL: upstream.origin, ...UNPACED },
      d1Databases: { DIRECTORY: "directory" },
      r2Buckets: { PICTURES: "pictures" },
      ratelimits: {
        SIGN_INS: { simple: { limit: 1000, period: 60 } },
        SHARED_PICTURES: { simple: { limit: 1000, period: 60 } },
        LINKS_BY_EMAIL: { simple: { limit: 1000, period: 60 } },
      },
      durableObjects: await objects(script),
      modules: true,
      modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
      modulesRoot: dirname(script),
      scriptPath: script,
    },
    persist,
  );
}

/** The id, headers and model of so many people. */
async function signIn(studio, origin, count) {
  const people = [];
  for (let number = 0; number < count; number += 1) {
    const name = `bench-${number}-selfie-lora`;
    const { id, client, model } = await studio.person({ model: name });
    people.push({ id, model, headers: { origin, cookie: client.cookie } });
  }
  return people;
}

/** The Durable Objects that a build exports. One of before the pacer has no pacer. */
async function objects(script) {
  const exports = await readFile(script, "utf8");
  const classes = Object.entries({ STUDIO: "StudioObject", PACER: "PacerObject" });
  const exported = classes.filter(([, className]) => exports.includes(className));
  return Object.fromEntries(exported.map(([binding, className]) => [binding, { className, useSQLite: true }]));
}

/** The JavaScript Worker. */
export async function startJavaScript(upstream, folder) {
  const source = join(root, "tests/bench/edge/javascript-worker");
  const script = join(folder, "javascript.mjs");
  await build({
    entryPoints: [join(source, "index.js")],
    bundle: true,
    minify: true,
    format: "esm",
    outfile: script,
    logLevel: "error",
  });
  const runtime = await Runtime.start(
    {
      name: "javascript",
      compatibilityDate: COMPATIBILITY_DATE,
      bindings: { SIGNING_KEY, UPSTREAM: upstream.origin, TOKEN: "r8_bench" },
      d1Databases: { DATABASE: "database" },
      r2Buckets: { PICTURES: "pictures" },
      modules: true,
      modulesRoot: folder,
      scriptPath: script,
    },
    join(folder, "javascript"),
  );
  await runtime.sql("DATABASE", await readFile(join(source, "schema.sql"), "utf8"));
  const expires = Date.now() + 86_400_000;
  await runtime.sql(
    "DATABASE",
    `INSERT INTO people (id, name, granted) VALUES ('ada', 'Ada', 1000000);
     INSERT INTO sessions (id, person, expires) VALUES ('ses', 'ada', ${expires});
     INSERT INTO models (id, person, version, trigger_word, class_word) VALUES ('mdl', 'ada', 'v1', 'user42585527', 'woman')`,
  );
  const claims = Buffer.from(JSON.stringify({ id: "ses", person: "ada", expires })).toString("base64url");
  const signature = createHmac("sha256", SIGNING_KEY).update(claims).digest("base64url");
  const headers = { origin: runtime.origin, cookie: `session=${claims}.${signature}` };
  const prediction = { version: "v1", input: { prompt: TEXT, num_outputs: 1, num_inference_steps: OVERRIDES.steps } };
  return {
    runtime,
    people: 1,
    forward: () => post("/api/forward", headers, prediction, 201),
    list: () => ({ path: "/api/generations", headers }),
    create: () => post("/api/generations", headers, { model: "mdl", text: TEXT, overrides: OVERRIDES }, 202),
  };
}

function post(path, headers, body, status) {
  return {
    method: "POST",
    path,
    headers: { ...headers, "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify(body),
    status,
  };
}
