// The Worker in workerd, as wrangler.toml describes it, until it is killed. Started by worker.js in a process of its
// own, with its settings as JSON in the first argument.
//
// It is the runtime, the storage and the very options that `wrangler dev` uses, without the proxy that `wrangler dev`
// puts before them: that one answers 503 by itself when a connection breaks, which a test must not take for the Worker.
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

const { port, persist, vars } = JSON.parse(process.argv[2]);
// An `.env` file that is not there, in place of `.dev.vars`, which may hold somebody's real token.
const { main, workerOptions } = read(join(root, "wrangler.toml"), undefined, { envFiles: ["tests/no.env"] });
const miniflare = new Miniflare({
  ...workerOptions,
  name: "selfsame",
  bindings: { ...workerOptions.bindings, ...vars },
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
