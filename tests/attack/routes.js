// The route table, read from the sources of the two routers. A test holds it against the running Worker.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/place.js";

export const VERBS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

const source = (file) => readFileSync(join(root, "crates/worker/src", file), "utf8");

const PATHS = new Map(
  [...source("boundary.rs").matchAll(/const (\w+): &str = "(\/api[^"]*)";/g)].map(([, name, path]) => [name, path]),
);

/** The routes that a router's source declares, with the handler of each verb. */
function declared(file) {
  const routes = [];
  for (const [, constant, literal, handlers] of source(file).matchAll(
    /\.route\(\s*(?:paths::(\w+)|"([^"]+)"),((?:[^()]|\([^()]*\))*)\)/g,
  )) {
    const path = literal ?? PATHS.get(constant);
    if (!path) throw new Error(`${file}: ${constant} is not in boundary::paths`);
    const verbs = new Map(
      [...handlers.matchAll(/\b(get|post|put|patch|delete)\(([\w:]+)\)/g)].map(([, verb, handler]) => [
        verb.toUpperCase(),
        handler,
      ]),
    );
    if (verbs.size === 0) throw new Error(`${file}: no verbs for ${path} in ${handlers}`);
    routes.push({ path, verbs });
  }
  return routes;
}

/** Handlers of the front Worker that serve the signed-in person themselves. */
const OF_PERSON = [
  "hand_over",
  "images::bytes",
  "export::archive",
  "archive::pictures",
  "more::ask_for_more",
  "email::remove",
  "deletion::delete_me",
];

/** Who a handler of the front Worker serves. */
function audience(handler) {
  if (handler.startsWith("operator::")) return "operator";
  if (handler.startsWith("hooks::")) return "provider";
  return OF_PERSON.includes(handler) ? "person" : "anyone";
}

/** Every route of the front Worker: its path, verbs, and audience. */
export function routes() {
  return declared("front/mod.rs").map(({ path, verbs }) => ({
    path,
    verbs: [...verbs.keys()],
    parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    audience: audience([...verbs.values()].at(-1)),
  }));
}

/** What the front Worker hands over, and what a person's object serves, each as sorted `VERB path`. */
export function handedOver() {
  const list = (file, wanted) =>
    declared(file)
      .flatMap(({ path, verbs }) => [...verbs].filter(wanted).map(([verb]) => `${verb} ${path}`))
      .sort();
  const front = list("front/mod.rs", ([, handler]) => handler === "hand_over" || handler === "sign_in::sign_out");
  return { front, object: list("object/routes.rs", () => true) };
}

/** The path with its parameters replaced in order. */
export function fill(path, values) {
  let index = -1;
  return path.replaceAll(/\{\w+\}/g, () => {
    index += 1;
    return values[index];
  });
}
