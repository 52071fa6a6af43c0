// Prints, as JSON, what a Worker that is not running has stored with one of some words in it: the tables of its directory, the keys in
// its bucket, and the databases of its objects. worker.js runs it in a process of its own, with its settings as JSON in the
// first argument.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./place.js";

const require = createRequire(join(root, "www/package.json"));
const load = async (name) => {
  const module = await import(pathToFileURL(require.resolve(name)).href);
  return module.default ?? module;
};
const { unstable_getMiniflareWorkerOptions: read } = await load("wrangler");
const { Miniflare } = await load("miniflare");

const { persist, words } = JSON.parse(process.argv[2]);
const { workerOptions } = read(join(root, "wrangler.toml"), undefined, { envFiles: ["tests/no.env"] });
const { d1Databases, r2Buckets } = workerOptions;
const found = (text) => words.some((word) => text.includes(word));
const miniflare = new Miniflare({
  name: "stored",
  modules: true,
  script: "export default {};",
  cf: false,
  defaultPersistRoot: join(persist, "v3"),
  d1Databases,
  r2Buckets,
});
try {
  const directory = await miniflare.getD1Database("DIRECTORY");
  const rows = async (sql) => (await directory.prepare(sql).all()).results;
  const tables = [];
  for (const { name } of await rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'")) {
    if ((await rows(`SELECT * FROM "${name}"`)).some((row) => found(JSON.stringify(row)))) tables.push(name);
  }
  const bucket = await miniflare.getR2Bucket("PICTURES");
  const { objects } = await bucket.list();
  const keys = objects.map(({ key }) => key).filter(found);
  const folder = join(persist, "v3/do/selfsame-StudioObject");
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const databases = files.filter((file) => found(readFileSync(join(folder, file))));
  console.log(JSON.stringify({ tables, keys, databases }));
} finally {
  await miniflare.dispose();
}
