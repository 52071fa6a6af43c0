// Builds www/dist from www/src, www/public and the wasm package in www/pkg.
//
// Files under dist/assets have a hash of their content in their name, so they may be cached for ever. index.html and the
// files of public/ keep their names.
import { cp, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const at = (path) => `${root}/${path}`;

const wasm = at("pkg/selfsame_wasm_bg.wasm");
if (!(await stat(wasm).catch(() => null))) {
  console.error("www/pkg is missing. Run `cargo xtask build`, which builds it from crates/wasm.");
  process.exit(1);
}

await rm(at("dist"), { recursive: true, force: true });
await mkdir(at("dist"), { recursive: true });
await cp(at("public"), at("dist"), { recursive: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/main.tsx"],
  outdir: "dist/assets",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: "/assets",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".wasm": "file" },
  plugins: [gzippedVocabularies()],
  legalComments: "none",
  metafile: true,
});

const outputs = Object.entries(metafile.outputs);
const [script, { cssBundle }] = outputs.find(([, output]) => output.entryPoint === "src/main.tsx");
const address = (path) => `/${relative("dist", path)}`;

const head = [
  `<link rel="stylesheet" href="${address(cssBundle)}">`,
  ...firstLoad(script)
    .slice(1)
    .map((path) => `<link rel="modulepreload" href="${address(path)}">`),
  `<script type="module" src="${address(script)}"></script>`,
].join("\n");
const page = await readFile(at("index.html"), "utf8");
await writeFile(at("dist/index.html"), page.replace("<!-- head -->", head));

let first = 0;
for (const [path] of outputs) {
  const bytes = gzipSync(await readFile(at(path)), { level: 9 }).length;
  const eager = firstLoad(script).includes(path);
  if (eager) first += bytes;
  console.log(`${path.padEnd(52)} ${String(bytes).padStart(7)} bytes gzipped${eager ? ", first load" : ""}`);
}
console.log(`${"first-load JavaScript".padEnd(52)} ${String(first).padStart(7)} bytes gzipped`);

/** The entry and its static imports: what a browser loads before it can show anything. */
function firstLoad(entry, seen = []) {
  if (seen.includes(entry)) return seen;
  seen.push(entry);
  for (const { path, kind } of metafile.outputs[entry].imports) {
    if (kind === "import-statement") firstLoad(path, seen);
  }
  return seen;
}

/** Gzips the vocabularies, because no host compresses a type that it does not know. */
function gzippedVocabularies() {
  return {
    name: "gzipped-vocabularies",
    setup({ onLoad }) {
      onLoad({ filter: /\.vocab$/ }, async ({ path }) => ({
        contents: gzipSync(await readFile(path), { level: 9 }),
        loader: "file",
      }));
    },
  };
}
