// What the studio is measured against: the same routes as a small JavaScript Worker, written as one would write it with
// Hono and D1. It has no engine: a generation is a row, and the provider is called once, after the answer.
import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";

const SESSION = `SELECT people.id, people.name, people.granted, people.used, sessions.expires
  FROM sessions JOIN people ON people.id = sessions.person WHERE sessions.id = ? AND sessions.expires > ?`;

const app = new Hono().basePath("/api");
app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'self'"], objectSrc: ["'none'"] } }));
app.onError((error, c) => {
  const status = error instanceof HTTPException ? error.status : 500;
  return c.json({ error: { code: String(status), message: error.message } }, status);
});

app.get("/health", (c) => c.json({ status: "ok" }));

/** Passes a request on to the provider with the token, and its answer back. */
app.post("/forward", async (c) => {
  await claims(c);
  return c.json(await provider(c.env, "predictions", await c.req.json()), 201);
});

app.get("/me", async (c) => {
  const { id } = await claims(c);
  const person = await c.env.DATABASE.prepare(SESSION).bind(id, Date.now()).first();
  if (!person) throw new HTTPException(401, { message: "Sign in first." });
  return c.json({
    id: person.id,
    name: person.name,
    role: "person",
    allowance: { granted: person.granted, used: person.used, reserved: 0 },
    session_expires_at: new Date(person.expires).toISOString(),
  });
});

app.get("/generations", async (c) => {
  const { id, person } = await claims(c);
  const [session, page] = await c.env.DATABASE.batch([
    c.env.DATABASE.prepare(SESSION).bind(id, Date.now()),
    c.env.DATABASE.prepare(
      "SELECT id, model, status, request, prompt, pictures, created_at, updated_at FROM generations WHERE person = ? AND id < ? ORDER BY id DESC LIMIT 21",
    ).bind(person, c.req.query("cursor") ?? "~"),
  ]);
  if (session.results.length === 0) throw new HTTPException(401, { message: "Sign in first." });
  const rows = page.results.slice(0, 20);
  const generations = rows.map((row) => ({
    id: row.id,
    model: row.model,
    status: row.status,
    request: JSON.parse(row.request),
    prompt: row.prompt,
    pictures: JSON.parse(row.pictures),
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
  }));
  return c.json({ generations, next_cursor: page.results.length > 20 ? rows.at(-1).id : null });
});

app.post("/generations", async (c) => {
  const { id: session, person } = await claims(c);
  const key = c.req.header("idempotency-key");
  if (!key) throw new HTTPException(400, { message: "Send an idempotency key." });
  const request = validated(await c.req.json());
  const db = c.env.DATABASE;
  const [[signedIn], [model], [known]] = (
    await db.batch([
      db.prepare(SESSION).bind(session, Date.now()),
      db
        .prepare("SELECT id, version, trigger_word, class_word FROM models WHERE id = ? AND person = ?")
        .bind(request.model, person),
      db.prepare("SELECT id, status FROM generations WHERE person = ? AND idempotency_key = ?").bind(person, key),
    ])
  ).map(({ results }) => results);
  if (!signedIn) throw new HTTPException(401, { message: "Sign in first." });
  if (!model) throw new HTTPException(404, { message: "There is no such model." });
  if (known) return c.json(known, 202);
  if (signedIn.used + request.pictures > signedIn.granted)
    throw new HTTPException(402, { message: "The allowance is used up." });

  const at = Date.now();
  const id = `gen_${at.toString(36).padStart(10, "0")}${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
  const prompt = `${model.trigger_word} ${model.class_word}, ${request.text}`;
  await db.batch([
    db
      .prepare(
        "INSERT INTO generations (id, person, idempotency_key, model, status, request, prompt, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, 'waiting', ?5, ?6, ?7, ?7)",
      )
      .bind(id, person, key, model.id, JSON.stringify(request), prompt, at),
    db.prepare("UPDATE people SET used = used + ? WHERE id = ?").bind(request.pictures, person),
  ]);
  c.executionCtx.waitUntil(generate(c.env, { id, person, prompt, request, version: model.version }));
  const location = `/api/generations/${id}`;
  const moment = new Date(at).toISOString();
  const generation = {
    id,
    model: model.id,
    status: "waiting",
    request,
    prompt,
    pictures: [],
    created_at: moment,
    updated_at: moment,
  };
  return c.json(generation, 202, { location });
});

/** Calls the provider, stores the pictures of a prediction that succeeded, and records how it ended. */
async function generate(env, { id, person, prompt, request, version }) {
  const { steps = 28, guidance = 3.5, seed = 4242 } = request.overrides ?? {};
  const input = {
    prompt,
    num_outputs: request.pictures,
    num_inference_steps: steps,
    guidance,
    seed,
    output_format: "webp",
  };
  const prediction = await provider(env, "predictions", { version, input });
  const pictures = [];
  for (const [index, url] of (prediction.output ?? []).entries()) {
    const picture = `${id.replace("gen", "pic")}${index}`;
    const file = await fetch(url);
    await env.PICTURES.put(`people/${person}/pictures/${picture}`, await file.arrayBuffer(), {
      httpMetadata: { contentType: file.headers.get("content-type") },
    });
    pictures.push({ id: picture, index, seed, media_type: "image/webp" });
  }
  await env.DATABASE.prepare(
    "UPDATE generations SET status = ?, pictures = ?, provider_id = ?, updated_at = ? WHERE id = ?",
  )
    .bind(prediction.status, JSON.stringify(pictures), prediction.id, Date.now(), id)
    .run();
}

async function provider(env, path, body) {
  const response = await fetch(`${env.UPSTREAM}/v1/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${env.TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new HTTPException(502, { message: "The provider does not answer." });
  return response.json();
}

function validated(request) {
  const { model, text, pictures = 1 } = request;
  if (typeof model !== "string") throw new HTTPException(422, { message: "`model` is missing." });
  if (typeof text !== "string" || text.trim() === "" || text.length > 4000)
    throw new HTTPException(422, { message: "`text` has 1 to 4,000 characters." });
  if (!Number.isInteger(pictures) || pictures < 1 || pictures > 4)
    throw new HTTPException(422, { message: "`pictures` is 1 to 4." });
  return { ...request, pictures };
}

let key;

/** The claims of the session cookie: `base64url(claims) "." base64url(HMAC-SHA256(claims))`. */
async function claims(c) {
  const [payload, signature] = (getCookie(c, "session") ?? "").split(".");
  key ??= crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(c.env.SIGNING_KEY),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  const bytes = Uint8Array.from(atob((signature ?? "").replaceAll("-", "+").replaceAll("_", "/")), (char) =>
    char.charCodeAt(0),
  );
  const valid = await crypto.subtle.verify("HMAC", await key, bytes, new TextEncoder().encode(payload));
  if (!valid) throw new HTTPException(401, { message: "Sign in first." });
  return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
}

export default app;
