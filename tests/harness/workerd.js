// Runs the Worker in workerd, as wrangler.toml describes it, until it is killed. worker.js starts it in a process of its
// own, with its settings as JSON in the first argument.
//
// Runtime, storage and options are those of `wrangler dev`, without its proxy: the proxy answers a broken connection
// with a 503 of its own, which a test would take for the Worker's.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./place.js";

const require = createRequire(join(root, "www/package.json"));
const load = async (name) => {
  const module = await import(pathToFileURL(require.resolve(name)).href);
  return module.default ?? module;
};
const { unstable_getMiniflareWorkerOptions: read } = await load("wrangler");
const { Log, LogLevel, Miniflare } = await load("miniflare");

const { port, persist, vars, without } = JSON.parse(process.argv[2]);
// A file that does not exist replaces `.dev.vars`, which may hold a real token.
const { main, workerOptions } = read(join(root, "wrangler.toml"), undefined, { envFiles: ["tests/no.env"] });
for (const binding of without) delete workerOptions.durableObjects[binding];
const miniflare = new Miniflare({
  ...workerOptions,
  name: "selfsame",
  bindings: { ...workerOptions.bindings, ...vars },
  ...(vars.EMAIL_FROM && { email: { send_email: [{ name: "EMAIL" }] } }),
  modules: true,
  rootPath: dirname(main),
  scriptPath: main,
  host: "127.0.0.1",
  port,
  cf: false,
  defaultPersistRoot: join(persist, "v3"),
  log: new Log(LogLevel.INFO),
});
await miniflare.ready;
console.log("workerd is ready");
