// The npm package as another project gets it: the tarball is installed into a scratch folder, and the examples of its
// README run there unchanged.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import webpack from "webpack";
import { root } from "../harness/place.js";

const run = promisify(execFile);
const schema = join(root, "tests/fixtures/schemas/flux-lora-hotswap.json");
const text = "in a cafe, morning light";
const prompt = /^user42585527, in a cafe, user42585527 portrait, morning light, film photograph/;

let scratch;
before(async () => {
  scratch = await mkdtemp(join(tmpdir(), "selfsame-package-"));
  await writeFile(join(scratch, "package.json"), '{ "private": true, "type": "module" }');
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", await tarball()], { cwd: scratch });
  await cp(schema, join(scratch, "openapi.json"));
});
after(() => scratch && rm(scratch, { recursive: true }));

async function tarball() {
  const packed = (await readdir(join(root, "build"))).filter((name) => /^selfsame-wasm-.*\.tgz$/.test(name));
  assert.equal(packed.length, 1, "`cargo xtask package` packs one");
  return join(root, "build", packed[0]);
}

/** Copies an example's files into the scratch folder. */
const example = (name) => cp(join(root, "crates/wasm/examples", name), scratch, { recursive: true });

test("the README shows these examples unchanged", async () => {
  const readme = await readFile(join(scratch, "node_modules/selfsame-wasm/README.md"), "utf8");
  for (const file of ["node/index.mjs", "bundler/index.js", "browser/index.js"]) {
    const code = await readFile(join(root, "crates/wasm/examples", file), "utf8");
    assert.ok(readme.includes(`\`\`\`js\n${code}\`\`\``), `${file} is not in the README as it stands`);
  }
});

describe("in Node", () => {
  before(() => example("node"));

  test("the example prints the input and the report", async () => {
    const { stdout } = await run(process.execPath, ["index.mjs", "openapi.json", text], { cwd: scratch });
    const [input, effects] = stdout.split(/(?<=^\})\n/m);
    assert.match(JSON.parse(input).prompt, prompt);
    assert.equal(JSON.parse(input).num_inference_steps, 50);
    assert.match(effects, /^guidance: renamed\. .*guidance_scale/m);
  });

  test("the example prints a refusal as a sentence", async () => {
    const failed = await run(process.execPath, ["index.mjs", "openapi.json", ""], { cwd: scratch }).catch(
      (error) => error,
    );
    assert.equal(failed.code, 1);
    assert.equal(failed.stderr, "text: Describe the picture you want first. (empty_prompt)\n");
  });

  test("the README's token counts are exact", async () => {
    const readme = await readFile(join(scratch, "node_modules/selfsame-wasm/README.md"), "utf8");
    const [, code] = readme.match(/## Counting tokens.*?```js\n(.*?)```/s);
    await writeFile(join(scratch, "count.mjs"), code);
    const { stdout } = await run(process.execPath, ["count.mjs"], { cwd: scratch });
    const [, promised] = code.match(/\/\/ (\{.*\})/);
    assert.equal(stdout, `${promised}\n`);
  });

  test("CommonJS can require it", async () => {
    const script = 'console.log(typeof require("selfsame-wasm").Composer)';
    const { stdout } = await run(process.execPath, ["--input-type=commonjs", "--eval", script], { cwd: scratch });
    assert.equal(stdout, "function\n");
  });
});

describe("in a page", () => {
  let browser;
  let server;
  let origin;
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROME || undefined,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    server = createServer(serve).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  test("without a bundler", async () => {
    await example("browser");
    await preview();
  });

  test("with a bundler", async () => {
    await example("bundler");
    const { default: config } = await import(join(scratch, "webpack.config.js"));
    const stats = await new Promise((resolve, reject) => {
      webpack({ ...config, context: scratch, output: { path: join(scratch, "dist") } }, (error, done) =>
        error ? reject(error) : resolve(done),
      );
    });
    assert.deepEqual(stats.toJson({ all: false, errors: true }).errors, []);
    await preview();
  });

  /** Types into the example's page and reads the prompt. */
  async function preview() {
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(origin);
    // The examples listen only after their module has loaded, so the text is typed again until they do.
    const shown = page.getByRole("status");
    await assert.doesNotReject(async () => {
      for (let tries = 0; !prompt.test(await shown.textContent()); tries += 1) {
        assert.ok(tries < 100, `the prompt is ${await shown.textContent()}; ${problems}`);
        await page.getByRole("textbox").fill("");
        await page.getByRole("textbox").fill(text);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    await page.getByRole("textbox").fill(" ");
    assert.equal(await shown.textContent(), "Describe the picture you want first.");
    assert.deepEqual(problems, []);
    await page.close();
  }

  const TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
  };

  async function serve(request, response) {
    const path = normalize(new URL(request.url, "http://page").pathname);
    const name = path.endsWith("/") ? `${path}index.html` : path;
    try {
      const bytes = await readFile(join(scratch, name));
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "text/plain" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }
});

describe("in TypeScript", () => {
  test("inputs and results are typed", async () => {
    await writeFile(
      join(scratch, "typed.ts"),
      `import { Composer, parseDialect, type Preview, type Refusal } from "selfsame-wasm";
const composer = new Composer({ trigger: "user42585527", class_word: "woman", dialect: parseDialect("{}") });
const preview: Preview = composer.preview({ text: "hat", overrides: { steps: 28 } });
export const sent: string = preview.prompt;
export const status: "sent" | "renamed" | "clamped" | "omitted" | "no_effect" | undefined = preview.effects[0]?.status;
// @ts-expect-error: steps are a number
composer.preview({ text: "hat", overrides: { steps: "28" } });
// @ts-expect-error: there is no such field
composer.preview({ text: "hat", model: "somebody else's" });
export const field = (refusal: Refusal): string | null => refusal.field;
`,
    );
    const tsc = join(root, "www/node_modules/.bin/tsc");
    for (const resolution of ["bundler", "nodenext"]) {
      const module = resolution === "bundler" ? "esnext" : "nodenext";
      // The declarations use `Symbol.dispose`.
      const options = [
        "--noEmit",
        "--strict",
        "--target",
        "esnext",
        "--module",
        module,
        "--moduleResolution",
        resolution,
      ];
      const checked = await run(tsc, [...options, "--types", "", "typed.ts"], { cwd: scratch }).catch((error) => error);
      assert.equal(checked.stdout, "", `${resolution}: ${checked.stdout}`);
    }
  });
});
