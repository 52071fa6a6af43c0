// The reduced form of `cargo xtask attack`.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { assertSecretsHidden, attack, Cast, fetches } from "./attack.js";
import { MISSING } from "./cast.js";
import { prepare, RACES } from "./races.js";
import { fill, handedOver, routes, VERBS } from "./routes.js";

/** @type {Cast} */
let cast;

before(async () => {
  cast = await Cast.assemble();
});
after(() => cast?.stop());

describe("the route table", () => {
  test("hands over what a person's object serves, and no more", () => {
    const { front, object } = handedOver();
    assert.deepEqual(front, object);
    assert.ok(object.length > 10);
  });

  test("is the running Worker's", async () => {
    const stranger = cast.studio.anonymous();
    for (const { path, verbs, audience } of routes()) {
      const address = fill(path, MISSING);
      for (const verb of VERBS.filter((verb) => verb !== "HEAD")) {
        const answer = await stranger.request(verb, address, verb === "GET" ? {} : { json: {} });
        if (!verbs.includes(verb)) {
          assertError(answer, 405, "method_not_allowed");
          const allowed = answer.headers
            .get("allow")
            .split(",")
            .map((one) => one.trim());
          assert.deepEqual(allowed.filter((one) => one !== "HEAD").sort(), [...verbs].sort(), answer.where);
        } else {
          assert.notEqual(answer.status, 405, answer.where);
          if (["person", "operator"].includes(audience)) assertError(answer, 401, "unauthenticated");
        }
      }
    }
  });
});

describe("what must not work", () => {
  test("does not, in a sample of every kind, and changes nothing", async (context) => {
    context.diagnostic(JSON.stringify(await attack(cast, 600)));
  });

  test("outputs and redirects to this machine are not fetched", () => fetches(cast, 4));
});

describe("a race", () => {
  let people;
  before(async () => {
    people = { studio: cast.studio, ...(await prepare(cast.studio)) };
  });
  for (const [name, race] of Object.entries(RACES)) {
    test(`for ${name} has one winner`, async () => {
      for (const round of [0, 1]) await race(people, round);
    });
  }
});

test("no secret is in a log, a file, a row, an object or what the provider receives", async () => {
  assert.ok((await assertSecretsHidden(cast.studio)) > 10);
});
