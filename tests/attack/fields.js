// Fields that no body has: nobody becomes an operator, gets pictures or names weights by adding one.
import { randomUUID } from "node:crypto";
import { assertError } from "../harness/client.js";

const EXTRA = [
  ..."role admin operator owner user user_id person id name status suspended epoch session expires nonce token".split(
    " ",
  ),
  ..."allowance granted used reserved available unlimited price cost priority queue idempotency_key email".split(" "),
  ..."version provider provider_model provider_id weights lora lora_weights extra_lora hf_lora url label".split(" "),
  ..."webhook webhook_events_filter disable_safety_checker safety_tolerance hf_api_token api_token input".split(" "),
  ..."created_at updated_at key etag bytes recipe prompt negative_prompt schema dialect trigger class_word".split(" "),
  ..."__proto__ constructor prototype toString $where a.b a[0] Model TEXT ｔext minutes Token".split(" "),
];

/** The fields that each body does have. */
const OWN = {
  generation: ["preset", "placement", "quality"],
  shoot: ["preset"],
  session: ["token"],
  person: ["id", "name", "allowance"],
  link: ["minutes"],
  model: ["provider", "owner", "name", "version", "trigger", "class_word", "weights", "label", "consent"],
  allowance: ["grant", "set", "monthly"],
  email: ["email"],
  preset: ["name"],
  settings: ["preset", "placement", "quality"],
  album: ["name"],
  none: [],
};

const VALUES = [true, "operator", 1_000_000];

/** Every body that the API takes, with each field that is not one of its own. */
export function attempts(cast) {
  const { ben, callers, studio } = cast;
  const { operator } = callers;
  const generation = { model: ben.model, text: "Ben adds a field" };
  const binding = { ...ben.binding, name: "person-01-selfie-lora" };
  const consent = ben.binding.consent;
  const people = "/api/operator/people";
  const post = (path) => (json) => operator.post(path, json, { headers: { "idempotency-key": randomUUID() } });
  const bodies = [
    [ben.client.generate.bind(ben.client), (extra) => ({ ...generation, ...extra }), OWN.generation],
    [ben.client.generate.bind(ben.client), (extra) => ({ ...generation, overrides: extra }), OWN.none],
    [ben.client.generate.bind(ben.client), (extra) => ({ ...generation, slots: extra }), OWN.none],
    [(json) => studio.anonymous().post("/api/session", json), (extra) => ({ token: "x", ...extra }), OWN.session],
    [(json) => ben.client.post("/api/me/allowance/request", json), (extra) => extra, OWN.none],
    [
      ben.client.post.bind(ben.client, "/api/presets"),
      (extra) => ({ name: "Ben's", from: { settings: {} }, ...extra }),
      OWN.preset,
    ],
    [
      ben.client.post.bind(ben.client, "/api/presets"),
      (extra) => ({ name: "Ben's", from: { settings: extra } }),
      OWN.settings,
    ],
    [ben.client.post.bind(ben.client, "/api/albums"), (extra) => ({ name: "Ben's", ...extra }), OWN.album],
    [
      ben.client.post.bind(ben.client, "/api/pictures/changes"),
      (extra) => ({ pictures: { ids: [] }, change: "favourite", ...extra }),
      OWN.none,
    ],
    [
      ben.client.post.bind(ben.client, "/api/pictures/changes"),
      (extra) => ({ pictures: { query: extra }, change: "favourite" }),
      ["preset"],
    ],
    [
      ben.client.post.bind(ben.client, "/api/shoots?dry_run=true"),
      (extra) => ({ model: ben.model, collection: "editorial", ...extra }),
      OWN.shoot,
    ],
    [
      ben.client.post.bind(ben.client, "/api/comparisons?dry_run=true"),
      (extra) => ({
        model: ben.model,
        composition: { text: "Ben compares" },
        axes: [{ parameter: "steps", values: [4, 5] }],
        ...extra,
      }),
      OWN.none,
    ],
    [post(people), (extra) => ({ name: "Nobody", allowance: 1, ...extra }), OWN.person],
    [post(`${people}/ben/link`), (extra) => ({ minutes: 5, ...extra }), OWN.link],
    // One of three names, rather than fields.
    [post(`${people}/ben/allowance`), (extra) => extra, OWN.allowance, "invalid_value"],
    [post(`${people}/ben/models`), (extra) => ({ ...binding, ...extra }), OWN.model],
    [post(`${people}/ben/models`), (extra) => ({ ...binding, consent: { ...consent, ...extra } }), OWN.none],
    [
      post(`${people}/ben/models/${ben.model}/transfer`),
      (extra) => ({ to: "ada", running: "finish", consent, ...extra }),
      OWN.none,
    ],
    [
      (json) => operator.request("PUT", `${people}/ben/email`, { json }),
      (extra) => ({ email: null, ...extra }),
      OWN.email,
    ],
  ];
  return bodies.flatMap(([send, body, own, code = "unknown_field"]) =>
    EXTRA.filter((field) => !own.includes(field)).flatMap((field) =>
      VALUES.map((value) => async () => {
        // A computed key makes `__proto__` a field of its own.
        const answer = await send(body({ [field]: value }));
        cast.assertHidden(answer);
        assertError(answer, 422, code);
      }),
    ),
  );
}
