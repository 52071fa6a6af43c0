// What one keystroke costs in headless Chromium, on a prompt of 60 words: (a) in the module, which composes, lints and
// counts tokens; (b) in the page, until everything it shows is up to date. Fails when (a) is over its budget.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { chromium } from "playwright-core";
import { initSync, parseDialect, presets, qualitySpecs } from "../../crates/wasm/pkg/web/selfsame_wasm.js";

const BUDGET_MICROSECONDS = 1_000;
const TEXT =
  "confident woman in a cream wool coat, walking through a quiet cobbled street in Lisbon just after the rain, " +
  "looking over her shoulder with a slight smile, warm window light on her face, soft reflections in the puddles, " +
  "shallow depth of field, 85mm f/1.4, shot from the waist up, muted autumn colours, a yellow tram far behind her, " +
  "early evening";
const WORDS = TEXT.split(/\s+/).length;
if (WORDS !== 60) throw new Error(`the prompt has ${WORDS} words`);

const root = new URL("../../", import.meta.url);
const read = (path) => readFile(new URL(path, root));
initSync({ module: await read("crates/wasm/pkg/web/selfsame_wasm_bg.wasm") });
const model = {
  id: "mdl_bench",
  label: "Bench",
  provider: "replicate",
  provider_model: "studio/bench-selfie-lora",
  version: "0".repeat(64),
  trigger: "user42585527",
  class_word: "woman",
  dialect: parseDialect((await read("tests/fixtures/schemas/flux-lora-hotswap.json")).toString()),
  weights: null,
  created_at: "2026-01-01T00:00:00.000Z",
};
const profile = { trigger: model.trigger, class_word: model.class_word, dialect: model.dialect, weights: null };
const api = {
  "/api/me": {
    id: "bench",
    name: "Bench",
    role: "person",
    allowance: { granted: null, used: 0, reserved: 0 },
    session_expires_at: "2099-01-01T00:00:00.000Z",
  },
  "/api/models": { models: [model], presets: presets(), quality_specs: qualitySpecs() },
  "/api/generations": { generations: [], next_cursor: null },
};
const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

/** The built page with answers for one person who has made nothing yet. */
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const path = pathname.startsWith("/vocab/")
    ? `crates/prompt${pathname}`
    : pathname.startsWith("/pkg/")
      ? `crates/wasm${pathname}`
      : `www/dist${pathname === "/" ? "/index.html" : pathname}`;
  try {
    const known = api[pathname];
    const body = known === undefined ? await read(path) : JSON.stringify(known);
    response.writeHead(200, {
      "content-type": known === undefined ? (types[extname(path)] ?? "application/octet-stream") : "application/json",
      // With these the browser's clock is fine enough to measure with.
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROME || undefined,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const context = await browser.newContext();
  await context.addInitScript(() => localStorage.setItem("selfsame.maya", "off"));
  const page = await context.newPage();
  await page.goto(origin);
  const field = page.getByRole("textbox", { name: "Describe the picture" });
  await field.fill(TEXT);
  await page.locator(".preview-token-count").filter({ hasNotText: "about" }).waitFor();

  const inModule = await page.evaluate(moduleTimes, { text: TEXT, profile });
  const inPage = await page.evaluate(pageTimes, TEXT);
  const line = (what, { middle, slow }, note = "") =>
    console.log(
      `${what.padEnd(44)} ${middle.toFixed(0).padStart(6)} µs, one in twenty over ${slow.toFixed(0)} µs${note}`,
    );
  console.log(`one keystroke in a prompt of ${WORDS} words, ${browser.browserType().name()} ${browser.version()}`);
  line("the module: prompt, lint, tokens", inModule, `   (budget ${BUDGET_MICROSECONDS} µs)`);
  line("the page: until everything shown is new", inPage);
  if (inModule.middle > BUDGET_MICROSECONDS) {
    console.error(`over budget: ${inModule.middle.toFixed(0)} µs`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  server.close();
}

/** In the browser: the module alone, as the page calls it. */
async function moduleTimes({ text, profile }) {
  const module = await import("/pkg/web/selfsame_wasm.js");
  await module.default();
  const bytes = async (name) => new Uint8Array(await (await fetch(`/vocab/${name}.vocab`)).arrayBuffer());
  module.loadVocabularies(await bytes("clip"), await bytes("t5"));
  const composer = new module.Composer(profile);
  const times = [];
  for (let count = 0; count < 2_000; count += 1) {
    // Another letter each time, as somebody types.
    const composition = { text: text + "abcdefghij"[count % 10], overrides: { seed: 4242 } };
    const start = performance.now();
    const { preview, findings } = composer.review(composition);
    times.push((performance.now() - start) * 1_000);
    if (!Array.isArray(findings) || !preview.tokens.exact) throw new Error("not the whole path");
  }
  times.splice(0, 200);
  times.sort((a, b) => a - b);
  return { middle: times[times.length >> 1], slow: times[Math.floor(times.length * 0.95)] };
}

/** In the browser: the page, from the keystroke until the prompt it shows has the letter. Layout and paint are the browser's. */
async function pageTimes(text) {
  const area = document.querySelector("#words");
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  const times = [];
  for (let count = 0; count < 400; count += 1) {
    const letter = "abcdefghij"[count % 10];
    set.call(area, text + letter);
    const start = performance.now();
    area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
    const shown = () => document.querySelector("[data-prompt]").textContent.includes(`early evening${letter}`);
    for (let turns = 0; !shown(); turns += 1) {
      if (turns > 1_000) throw new Error("the prompt was not shown");
      await null;
      if (turns > 20) await new Promise((ready) => setTimeout(ready));
    }
    times.push((performance.now() - start) * 1_000);
    await new Promise((ready) => requestAnimationFrame(ready));
  }
  times.splice(0, 50);
  times.sort((a, b) => a - b);
  return { middle: times[times.length >> 1], slow: times[Math.floor(times.length * 0.95)] };
}
