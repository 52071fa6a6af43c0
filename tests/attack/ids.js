// Ids of others, of nobody, and of no form, in every field that takes one.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertError, errorBody } from "../harness/client.js";
import { MALFORMED, MISSING } from "./cast.js";
import { fill, routes, VERBS } from "./routes.js";

/** The refusal of a caller who may not use a route at all; `undefined` when the id decides. */
function refusal(route, verb, caller) {
  const serves = route.verbs.includes(verb) || (verb === "HEAD" && route.verbs.includes("GET"));
  if (!serves) return [405, "method_not_allowed"];
  if (route.audience === "provider") return undefined;
  if (caller === "stranger" || caller === "ended") return [401, "unauthenticated"];
  if (route.audience === "operator" && caller !== "operator") return [403, "forbidden"];
  return undefined;
}

const encoded = (id) => (id.includes("%") ? id : encodeURIComponent(id));
/** A body and a key of its own, which some routes ask for before they look at an id. */
const bodyOf = (verb) =>
  ["GET", "HEAD"].includes(verb) ? {} : { json: {}, headers: { "idempotency-key": randomUUID() } };

/** Ids in paths: every route with one, every verb, every caller but Ada. */
export function inPaths(cast) {
  const attempts = [];
  for (const { route, verb, name, client } of requests(cast, 1)) {
    // The operator administers people, so their ids are not foreign to them.
    const foreign = name === "operator" && route.audience === "operator" ? [] : cast.foreign;
    for (const id of [...foreign, ...MISSING, ...MALFORMED]) {
      const ids = route.parameters.map(() => id);
      attempts.push(() => inPath(cast, { route, verb, name, client, ids }));
    }
  }
  return attempts;
}

/** All pairs of ids in paths that have two. */
export function pairsInPaths(cast) {
  const attempts = [];
  for (const { route, verb, name, client } of requests(cast, 2)) {
    const foreign = [...cast.foreign, ...MISSING, ...MALFORMED];
    // What belongs to Ada is foreign under Ben's id, to the operator as well.
    const first = name === "operator" ? ["ben", ...MISSING, ...MALFORMED] : foreign;
    for (const one of first) {
      for (const other of foreign) {
        attempts.push(() => inPath(cast, { route, verb, name, client, ids: [one, other] }));
      }
    }
  }
  return attempts;
}

/** Every verb of every caller but Ada, on the routes with at least so many ids in their path. */
function requests(cast, parameters) {
  const wanted = routes().filter((route) => route.parameters.length >= parameters);
  const callers = Object.entries(cast.callers);
  return wanted.flatMap((route) =>
    VERBS.flatMap((verb) => callers.map(([name, client]) => ({ route, verb, name, client }))),
  );
}

/** What an unbinding needs to be looked at. */
const queryOf = (verb, path) => (verb === "DELETE" && path.endsWith("/{model}") ? "?running=finish" : "");

async function inPath(cast, { route, verb, name, client, ids }) {
  const path = fill(route.path, ids.map(encoded)) + queryOf(verb, route.path);
  const answer = await client.request(verb, path, bodyOf(verb));
  cast.assertHidden(answer);
  const where = `${name}: ${answer.where}`;
  const refused = refusal(route, verb, name);
  // A path that cannot be decoded is no route at all.
  if (refused && verb !== "HEAD" && answer.status !== 404) return assertError(answer, ...refused);
  if (answer.status === 404 && verb !== "HEAD") {
    cast.missing ??= errorBody(answer);
    return assert.deepEqual(errorBody(answer), cast.missing, where);
  }
  assert.ok([401, 403, 404, 405, 422].includes(answer.status), where);
  // Only the body of a request to the operator's routes is looked at before the person.
  if (answer.status === 422) assert.equal(route.audience, "operator", where);
}

/** Ids in bodies, queries and headers. */
export function elsewhere(cast) {
  const { ben, callers } = cast;
  const attempts = [];
  const ids = [...cast.foreign, ...MISSING, ...MALFORMED.map((id) => id.slice(0, 200))];
  for (const id of ids) {
    // Ada's own idempotency key gives nobody her answer.
    for (const key of [undefined, cast.key]) {
      attempts.push(async () => {
        const answer = await ben.client.generate({ ...cast.request, model: id }, key);
        cast.assertHidden(answer);
        assertError(answer, 404, "not_found");
      });
    }
    for (const wrapped of [[id], { id }]) {
      attempts.push(async () => {
        const answer = await ben.client.generate({ model: wrapped, text: "Ben borrows a face" });
        cast.assertHidden(answer);
        assertError(answer, 404, "not_found");
      });
    }
    for (const [name, client] of Object.entries(callers)) {
      for (const path of [
        "/api/generations",
        "/api/pictures",
        "/api/me/access-log",
        "/api/operator/people",
        "/api/operator/audit",
      ]) {
        for (const parameter of ["cursor", "subject", "user", "limit", "album", "model", "q"]) {
          attempts.push(async () => {
            const answer = await client.get(`${path}?${parameter}=${encodeURIComponent(id)}`);
            if (name !== "operator") cast.assertHidden(answer);
            assert.ok([200, 400, 401, 403, 404, 422].includes(answer.status), `${name}: ${answer.where}`);
          });
        }
      }
    }
  }
  attempts.push(async () => {
    const answer = await ben.client.get(`/api/generations?cursor=${encodeURIComponent(cast.cursor)}`);
    cast.assertHidden(answer);
    assert.equal(answer.status, 200, answer.where);
  });
  return [...attempts, ...inHeaders(cast)];
}

/** Headers that name somebody else. */
function inHeaders(cast) {
  const { ben, studio } = cast;
  const caller = JSON.stringify({ request: `req_${"0".repeat(26)}`, session: cast.session });
  const attempts = [];
  for (const headers of [
    { "x-selfsame-caller": caller },
    { "x-selfsame-caller": `${caller}, ${caller}` },
    { "x-selfsame-user": "ada" },
    { "x-user-id": "ada" },
    { "x-forwarded-user": "ada" },
    { "x-request-id": `req_${"0".repeat(26)}` },
    { "x-original-url": "/api/operator/people" },
    { "x-rewrite-url": "/api/operator/people" },
    { "x-http-method-override": "DELETE" },
    { authorization: `Bearer ${ben.client.cookie.split("=")[1]}` },
    { "x-forwarded-host": "evil.example" },
    { forwarded: "host=evil.example;for=127.0.0.1" },
  ]) {
    for (const { path } of routes().filter(({ audience, verbs }) => audience === "person" && verbs.includes("GET"))) {
      const address = fill(path, [cast.done.id]);
      attempts.push(async () => {
        const answer = await ben.client.get(address, { headers });
        cast.assertHidden(answer);
        assert.ok([200, 404, 426].includes(answer.status), answer.where);
      });
      attempts.push(async () => {
        assertError(await studio.anonymous().get(address, { headers }), 401, "unauthenticated");
      });
    }
  }
  return attempts;
}
