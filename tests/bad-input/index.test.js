// Bad input: never a 500 or a stack trace, nothing stored or lost, and no request to the provider.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { Studio } from "../harness/studio.js";

const NOWHERE = "0".repeat(26);
const JSON_TYPE = { "content-type": "application/json" };

/** @type {Studio} */
let studio;
let client;
let model;
let requests;
let state;

describe("bad input", () => {
  const stored = async () => ({
    list: (await client.get("/api/generations?limit=100")).text,
    allowance: (await client.get("/api/me")).json.allowance,
    models: (await client.get("/api/models")).text,
  });

  before(async () => {
    studio = await Studio.start({ speed: 20 });
    ({ client, model } = await studio.person({ name: "Clumsy", model: "ada-selfie-lora" }));
    requests = (await studio.standIn.requests()).length;
    state = await stored();
  });

  after(() => studio?.stop());

  const good = (changes = {}) => ({ model, text: "a walk by the sea", ...changes });
  const key = { "idempotency-key": "bad-input-1" };
  const send = (body, headers = {}) =>
    client.request("POST", "/api/generations", { body, headers: { ...JSON_TYPE, ...key, ...headers } });
  const sendJson = (value, headers) => send(JSON.stringify(value), headers);

  const fields = [
    ["no text at all", () => good({ text: "" }), 422, "empty_prompt", "text"],
    ["only white space", () => good({ text: " \n\t\u00a0\u3000 " }), 422, "empty_prompt", "text"],
    ["4,001 characters", () => good({ text: "a".repeat(4001) }), 422, "prompt_too_long", "text"],
    ["4,001 characters of several bytes", () => good({ text: "é".repeat(4001) }), 422, "prompt_too_long", "text"],
    [
      "more than T5 reads",
      () => good({ text: "a walk by the sea, ".repeat(150) }),
      422,
      "prompt_too_many_tokens",
      "text",
    ],
    ["another person's trigger", () => good({ text: "user31337000 by the sea" }), 422, "foreign_trigger", "text"],
    ["a trigger in disguise", () => good({ text: "uѕеr_31337000 by the sea" }), 422, "foreign_trigger", "text"],
    ["sexual content", () => good({ text: "n u d e by the sea" }), 422, "unsafe_content", "text"],
    ["sexual content in a slot", () => good({ slots: { mood: ["erotic"] } }), 422, "unsafe_content", "slots"],
    ["a tag of weights", () => good({ text: "a walk <lora:face:1>" }), 422, "invalid_value", "text"],
    ["an address of weights", () => good({ text: "a walk, huggingface.co/a/b" }), 422, "invalid_value", "text"],
    [
      "no safety checker",
      () => good({ overrides: { disable_safety_checker: true } }),
      422,
      "unknown_field",
      "overrides.disable_safety_checker",
    ],
    ["a safety tolerance", () => good({ safety_tolerance: 6 }), 422, "unknown_field", "safety_tolerance"],
    ["a long name", () => good({ ["x".repeat(9_000)]: 1 }), 422, "unknown_field", `${"x".repeat(64)}…`],
    ["an unknown field", () => good({ colour: "red" }), 422, "unknown_field", "colour"],
    ["an unknown override", () => good({ overrides: { sampler: "euler" } }), 422, "unknown_field", "overrides.sampler"],
    [
      "a provider's own input",
      () => good({ overrides: { lora_weights: "someone/else" } }),
      422,
      "unknown_field",
      "overrides.lora_weights",
    ],
    ["weights beside the model", () => good({ weights: "someone/else" }), 422, "unknown_field", "weights"],
    ["no model", () => ({ text: "a walk" }), 422, "missing_field", "model"],
    ["no text field", () => ({ model }), 422, "missing_field", "text"],
    ["a number as text", () => good({ text: 5 }), 422, "invalid_value", "text"],
    ["null as text", () => good({ text: null }), 422, "invalid_value", "text"],
    ["a list as overrides", () => good({ overrides: [] }), 422, undefined, undefined],
    ["text as steps", () => good({ overrides: { steps: "28" } }), 422, "invalid_value", "overrides.steps"],
    ["half a step", () => good({ overrides: { steps: 2.5 } }), 422, undefined, "overrides.steps"],
    ["no steps", () => good({ overrides: { steps: 0 } }), 422, undefined, "overrides.steps"],
    ["51 steps", () => good({ overrides: { steps: 51 } }), 422, undefined, "overrides.steps"],
    ["-1 steps", () => good({ overrides: { steps: -1 } }), 422, undefined, "overrides.steps"],
    ["2^32 steps", () => good({ overrides: { steps: 4294967296 } }), 422, undefined, "overrides.steps"],
    ["guidance 10.1", () => good({ overrides: { guidance: 10.1 } }), 422, undefined, "overrides.guidance"],
    ["guidance -0.1", () => good({ overrides: { guidance: -0.1 } }), 422, undefined, "overrides.guidance"],
    ["LoRA scale 3.1", () => good({ overrides: { lora_scale: 3.1 } }), 422, undefined, "overrides.lora_scale"],
    ["quality 101", () => good({ overrides: { output_quality: 101 } }), 422, undefined, "overrides.output_quality"],
    ["seed 0", () => good({ overrides: { seed: 0 } }), 422, undefined, "overrides.seed"],
    ["seed 2^32", () => good({ overrides: { seed: 4294967296 } }), 422, undefined, "overrides.seed"],
    ["seed 2^53", () => good({ overrides: { seed: 9007199254740992 } }), 422, "out_of_range", "overrides.seed"],
    ["seed 2^63", () => good({ overrides: { seed: 2 ** 63 } }), 422, "out_of_range", "overrides.seed"],
    ["seed 1e300", () => good({ overrides: { seed: 1e300 } }), 422, "out_of_range", "overrides.seed"],
    ["seed -1", () => good({ overrides: { seed: -1 } }), 422, undefined, "overrides.seed"],
    [
      "an unknown ratio",
      () => good({ overrides: { aspect_ratio: "7:3" } }),
      422,
      "invalid_value",
      "overrides.aspect_ratio",
    ],
    [
      "an unknown format",
      () => good({ overrides: { output_format: "gif" } }),
      422,
      "invalid_value",
      "overrides.output_format",
    ],
    [
      "megapixels as a number",
      () => good({ overrides: { megapixels: 1 } }),
      422,
      "invalid_value",
      "overrides.megapixels",
    ],
    ["text as a switch", () => good({ overrides: { go_fast: "yes" } }), 422, "invalid_value", "overrides.go_fast"],
    ["an unknown preset", () => good({ preset: "best" }), 422, "invalid_value", "preset"],
    ["an unknown placement", () => good({ placement: "end" }), 422, "invalid_value", "placement"],
    ["an unknown quality", () => good({ quality: "ultra" }), 422, "invalid_value", "quality"],
    ["no pictures", () => good({ pictures: 0 }), 422, undefined, "pictures"],
    ["five pictures", () => good({ pictures: 5 }), 422, undefined, "pictures"],
    ["a malformed model id", () => good({ model: "../../etc/passwd" }), 404, "not_found", undefined],
    ["a model reference", () => good({ model: "black-forest-labs/flux-dev" }), 404, "not_found", undefined],
    ["a missing model id", () => good({ model: `mdl_${NOWHERE}` }), 404, "not_found", undefined],
    ["another kind's id", () => good({ model: `gen_${NOWHERE}` }), 404, "not_found", undefined],
  ];
  for (const [what, body, status, code, field] of fields) {
    test(`a request with ${what}`, async () => assertError(await sendJson(body()), status, code, field));
  }

  test("4,000 characters, of one or two UTF-16 units, pass the length check", async () => {
    for (const character of ["a", "𠮷"]) {
      const text = character.repeat(4000);
      // A model that does not exist is only noticed after the length check.
      assertError(await sendJson(good({ text, model: `mdl_${NOWHERE}` })), 404, "not_found");
    }
    assertError(await sendJson(good({ text: "𠮷".repeat(4001) })), 422, "prompt_too_long", "text");
  });

  const bodies = [
    ["empty", "", 400, "invalid_json"],
    ["not JSON", "text=a walk", 400, "invalid_json"],
    ["half of it", '{"model":', 400, "invalid_json"],
    ["more than one value", "{} {}", 400, "invalid_json"],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 400, "invalid_json"],
    ["half a surrogate pair", '{"model":"x","text":"\\ud83d"}', 400, "invalid_json"],
    ["a list", "[]", 422, undefined],
    ["a string", '"a walk"', 422, undefined],
    ["null", "null", 422, undefined],
    ["a thousand nested lists", `${"[".repeat(1000)}${"]".repeat(1000)}`, 400, "invalid_json"],
    ["a megabyte", JSON.stringify({ text: "a".repeat(1_000_000) }), 413, "body_too_large"],
    ["a megabyte of nothing", " ".repeat(1_000_000), 413, "body_too_large"],
  ];
  for (const [what, body, status, code] of bodies) {
    test(`a body that is ${what}`, async () => {
      for (const path of ["/api/generations", "/api/session"]) {
        const answer = await client.request("POST", path, { body, headers: { ...JSON_TYPE, ...key } });
        assertError(answer, status, code);
      }
    });
  }

  // Each body is valid with either of the two values, so that a server that keeps one of them makes pictures.
  const repeated = [
    ["text", `{"text":"a walk","text":"a swim","model":MODEL}`, "text"],
    ["the same text", `{"text":"a walk","model":MODEL,"text":"a walk"}`, "text"],
    ["model", `{"model":MODEL,"text":"a walk","model":MODEL}`, "model"],
    ["an override", `{"model":MODEL,"text":"a walk","overrides":{"steps":4,"steps":5}}`, "overrides.steps"],
  ];
  for (const [what, body, field] of repeated) {
    test(`a body that is valid but for ${what} given twice`, async () => {
      const json = body.replaceAll("MODEL", JSON.stringify(model));
      assertError(await send(json), 422, "invalid_value", field);
      assert.equal((await studio.standIn.requests()).length, requests);
    });
  }

  test("a megabyte where no body is expected", async () => {
    const body = "a".repeat(1_048_576);
    const nobody = "0".repeat(26);
    for (const [method, path] of [
      ["POST", `/api/generations/gen_${nobody}/cancel`],
      ["DELETE", `/api/pictures/pic_${nobody}`],
      ["DELETE", "/api/session"],
    ]) {
      assertError(
        await client.request(method, path, { body, headers: { "content-type": "text/plain" } }),
        413,
        "body_too_large",
      );
    }
    assert.equal((await client.get("/api/me")).status, 200, "nobody was signed out");
  });

  test("a streamed body that is too large", async () => {
    const chunk = new TextEncoder().encode("a".repeat(65_536));
    let left = 20;
    const stream = new ReadableStream({
      pull(controller) {
        if (left === 0) return controller.close();
        left -= 1;
        controller.enqueue(chunk);
      },
    });
    const answer = await client.request("POST", "/api/generations", {
      body: stream,
      headers: { ...JSON_TYPE, ...key },
    });
    assertError(answer, 413, "body_too_large");
  });

  test("other content types", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/jsonx",
      "",
    ]) {
      for (const path of ["/api/generations", "/api/session"]) {
        const body = new TextEncoder().encode(JSON.stringify(good()));
        const answer = await client.request("POST", path, {
          body,
          headers: { ...key, "content-type": type || undefined },
        });
        assertError(answer, 415, "unsupported_media_type");
      }
    }
    const charset = await sendJson(good({ text: "" }), { "content-type": "application/json; charset=utf-8" });
    assertError(charset, 422, "empty_prompt");
  });

  test("requests from another origin", async () => {
    for (const origin of [
      "https://evil.example",
      "null",
      studio.origin.replace("127.0.0.1", "localhost"),
      `${studio.origin}0`,
    ]) {
      for (const [method, path] of [
        ["POST", "/api/generations"],
        ["POST", "/api/session"],
        ["DELETE", "/api/session"],
        ["DELETE", `/api/pictures/pic_${NOWHERE}`],
        ["POST", `/api/generations/gen_${NOWHERE}/cancel`],
      ]) {
        const options = method === "POST" ? { body: JSON.stringify(good()) } : {};
        const answer = await client.request(method, path, { ...options, headers: { ...JSON_TYPE, ...key, origin } });
        assertError(answer, 403, "wrong_origin");
      }
    }
    assertError(await sendJson(good(), { origin: undefined, "sec-fetch-site": "cross-site" }), 403, "wrong_origin");
  });

  test("wrong methods", async () => {
    const id = `gen_${NOWHERE}`;
    for (const [method, path, allowed] of [
      ["GET", "/api/session", /POST/],
      ["PUT", "/api/session", /DELETE/],
      ["POST", "/api/me", /GET/],
      ["DELETE", "/api/models", /GET/],
      ["PUT", "/api/generations", /POST/],
      ["DELETE", "/api/generations", /GET/],
      ["POST", `/api/generations/${id}`, /GET/],
      ["GET", `/api/generations/${id}/cancel`, /POST/],
      ["PUT", `/api/pictures/pic_${NOWHERE}`, /DELETE/],
      ["POST", `/api/images/pic_${NOWHERE}`, /GET/],
      ["POST", "/api/events", /GET/],
      ["POST", "/api/health", /GET/],
      ["PATCH", "/api/operator/people", /POST/],
      ["GET", "/api/operator/people/ada/link", /POST/],
    ]) {
      const answer = await client.request(method, path);
      assertError(answer, 405, "method_not_allowed");
      assert.match(answer.headers.get("allow") ?? "", allowed, `${method} ${path}`);
    }
  });

  test("missing and invalid idempotency keys", async () => {
    for (const value of [undefined, "", "x".repeat(256), "two words", "ümlaut"]) {
      assertError(await sendJson(good(), { "idempotency-key": value }), 400, "idempotency_key_required");
    }
  });

  test("malformed and unknown ids get the same response", async () => {
    const answers = new Map();
    for (const id of [
      `gen_${NOWHERE}`,
      "gen_",
      "x",
      "..",
      "%2e%2e%2f",
      "gen_%00",
      `gen_${"z".repeat(26)}`,
      `pic_${NOWHERE}`,
      "a".repeat(2000),
      "gen_ILOU",
      "é",
    ]) {
      for (const [method, path] of [
        ["GET", `/api/generations/${encodeURIComponent(id)}`],
        ["POST", `/api/generations/${encodeURIComponent(id)}/cancel`],
        ["GET", `/api/images/${encodeURIComponent(id)}`],
        ["GET", `/api/pictures/${encodeURIComponent(id)}`],
        ["DELETE", `/api/pictures/${encodeURIComponent(id)}`],
      ]) {
        if (id === "..") continue; // fetch itself resolves it away
        const answer = await client.request(method, path, method === "POST" ? { json: {} } : {});
        assertError(answer, 404, "not_found");
        const { request_id: _, ...body } = answer.json.error;
        answers.set(JSON.stringify(body), answer.where);
      }
    }
    assert.equal(answers.size, 1, [...answers.keys()].join("\n"));
  });

  test("odd paths", async () => {
    for (const path of ["/api/%ff", "/api//generations", "/api/generations/", "/api/images/", "/api/me/"]) {
      assertError(await client.get(path), 404, "not_found");
    }
    assertError(await client.get(`/api/generations?${"x=1&".repeat(2000)}`), 400, "invalid_query");
  });

  test("sign-in with odd bodies", async () => {
    for (const [body, status] of [
      [{}, 422],
      [{ token: 5 }, 422],
      [{ token: "x", extra: 1 }, 422],
      [{ token: null }, 422],
      [[], 422],
    ]) {
      const stranger = studio.anonymous();
      assertError(await stranger.post("/api/session", body), status);
      assert.equal(stranger.cookie, "");
    }
  });

  test("bad input from the operator", async () => {
    const operator = await studio.operator();
    for (const [body, field] of [
      [{}, "name"],
      [{ name: "", allowance: 1 }, "name"],
      [{ name: "x".repeat(81), allowance: 1 }, "name"],
      [{ name: "A" }, "allowance"],
      [{ name: "A", allowance: null }, "allowance"],
      [{ name: "A", allowance: "none" }, "allowance"],
      [{ name: "A", id: "Ada" }, "id"],
      [{ name: "A", id: "../ada" }, "id"],
      [{ name: "A", id: "ab" }, "id"],
      [{ name: "A", allowance: -1 }, "allowance"],
      [{ name: "A", allowance: 1.5 }, "allowance"],
      [{ name: "A", role: "operator" }, "role"],
    ]) {
      const answer = await operator.post("/api/operator/people", body);
      assertError(answer, 422, undefined, field);
    }
    for (const path of ["suspend", "reinstate", "link", "models"]) {
      for (const id of ["nobody-at-all", "..%2f", "UPPER", "x".repeat(300)]) {
        const answer = await operator.post(
          `/api/operator/people/${id}/${path}`,
          path === "models" ? { ...BINDING } : {},
        );
        assertError(answer, 404, "not_found");
      }
    }
  });

  test("nothing was stored, and nothing reached the provider", async () => {
    assert.deepEqual(await stored(), state);
    assert.equal((await studio.standIn.requests()).length, requests);
  });
});

const BINDING = {
  provider: "replicate",
  owner: "studio",
  name: "ada-selfie-lora",
  version: "0".repeat(64),
  trigger: "user42585527",
  class_word: "woman",
  consent: { by: "The tests", statement: "owner_agreed_1" },
};
