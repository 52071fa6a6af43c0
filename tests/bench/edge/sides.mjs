// The two Workers that are compared, each with one person who is signed in and has a model, and the requests that the
// benchmark sends them.
import { createHmac, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../../harness/place.js";
import { Studio } from "../../harness/studio.js";
import { SIGNING_KEY } from "../../harness/worker.js";
import { build, Runtime } from "./runtime.mjs";

const COMPATIBILITY_DATE = "2026-04-01";
const TEXT =
  "a candid photo of a confident person in a cream wool coat, walking through a quiet cobbled street in Lisbon just " +
  "after the rain, looking over one shoulder with a slight smile, 85mm, shallow depth of field";
const OVERRIDES = { steps: 4 };

/** The studio's Worker, as built into the folder of `script`. */
export async function startStudio(script, upstream, persist) {
  const runtime = await Runtime.start(
    {
      name: "selfsame",
      compatibilityDate: COMPATIBILITY_DATE,
      bindings: { SIGNING_KEY, STAND_IN_URL: upstream.origin },
      d1Databases: { DIRECTORY: "directory" },
      r2Buckets: { PICTURES: "pictures" },
      durableObjects: { STUDIO: { className: "StudioObject", useSQLite: true } },
      modules: true,
      modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
      modulesRoot: dirname(script),
      scriptPath: script,
    },
    persist,
  );
  const migrations = join(root, "crates/worker/migrations");
  for (const name of (await readdir(migrations)).sort())
    await runtime.sql("DIRECTORY", await readFile(join(migrations, name), "utf8"));
  const { client, model } = await new Studio(upstream, runtime).person({
    id: "ada",
    name: "Ada",
    model: "bench-selfie-lora",
  });
  const headers = { origin: runtime.origin, cookie: client.cookie };
  return {
    runtime,
    health: () => ({ path: "/api/health", headers }),
    me: () => ({ path: "/api/me", headers }),
    list: () => ({ path: "/api/generations?limit=20", headers }),
    create: () => post("/api/generations", headers, { model, text: TEXT, overrides: OVERRIDES }, 202),
  };
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
