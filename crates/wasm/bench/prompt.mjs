// What one preview of a 60-word prompt costs, beside (a) passing the same string into wasm and out again and
// (b) a small JavaScript version of the reference recipe. Fails when a preview takes more than its budget.
import { readFileSync } from "node:fs";
import * as small from "../pkg/preview/selfsame_preview.js";
import * as whole from "../pkg/web/selfsame_wasm.js";

const BUDGET_MICROSECONDS = 50;
const COUNTING_BUDGET_MICROSECONDS = 300;
const LOADING_BUDGET_MICROSECONDS = 50_000;
const HOSTILE_BUDGET_MICROSECONDS = 5_000;
const here = (path) => new URL(path, import.meta.url);

const wasm = small.initSync({ module: readFileSync(here("../pkg/preview/selfsame_preview_bg.wasm")) });
whole.initSync({ module: readFileSync(here("../pkg/web/selfsame_wasm_bg.wasm")) });
const schema = JSON.parse(readFileSync(here("../../../tests/fixtures/schemas/flux-lora-hotswap.json"), "utf8"));
const trigger = "user42585527";
const model = { trigger, class_word: "woman", dialect: whole.parseDialect(schema), weights: null };
const composer = new small.Composer(model);

const text =
  "confident woman in a cream wool coat, walking through a quiet cobbled street in Lisbon just after the rain, " +
  "looking over her shoulder with a slight smile, warm window light on her face, soft reflections in the puddles, " +
  "shallow depth of field, 85mm f/1.4, shot from the waist up, muted autumn colours, a yellow tram far behind her, " +
  "early evening";
// As somebody types: every preview is of another text than the one before it. A change of the settings is rarer, and
// costs more, because their report crosses into JavaScript anew.
const request = { text, overrides: { seed: 4242 } };
const keystroke = { text: `${text.slice(0, -1)}s`, overrides: { seed: 4242 } };
const setting = { text, overrides: { seed: 4243 } };

// As wasm-bindgen passes strings. The module frees what it is given by itself, so the room is made once and only
// asked for again.
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const room = 4 * text.length;
let address = wasm.__wbindgen_malloc(room, 1) >>> 0;
function throughWasm(string) {
  address = wasm.__wbindgen_realloc(address, room, room, 1) >>> 0;
  const memory = new Uint8Array(wasm.memory.buffer);
  const { written } = encoder.encodeInto(string, memory.subarray(address, address + room));
  return decoder.decode(memory.subarray(address, address + written));
}

const QUALITY =
  "film photograph shot on Hasselblad, raw photo, visible skin pores, unretouched natural skin texture, natural beauty " +
  `with light skin retouch, authentic ${trigger} facial features, professional portrait photography, high detail facial accuracy`;
function referenceRecipe(string) {
  const parts = string.replace(new RegExp(trigger, "gi"), "").split(",").map((part) => part.trim()).filter(Boolean);
  parts.splice(Math.floor(parts.length / 2), 0, `${trigger} portrait`);
  return [trigger, ...parts, QUALITY].join(", ");
}

// The best of many short rounds: what the code costs, not what else the machine was doing.
function microseconds(run, calls = 50, rounds = 600) {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) run();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000 / calls);
  }
  return best;
}

const words = text.split(/\s+/).length;
if (words !== 60) throw new Error(`the prompt has ${words} words`);
const final = composer.preview(request).prompt;
if (final.length < text.length || throughWasm(text) !== text) throw new Error("the string did not come back");

const alternating = (one, other) => {
  let turn = false;
  return () => composer.preview((turn = !turn) ? one : other);
};
const preview = microseconds(alternating(request, keystroke));
const settings = microseconds(alternating(request, setting));
const linter = new whole.Linter(model);
const inspecting = microseconds(() => linter.inspect(request));
const wholeComposer = new whole.Composer(model);
const shoot = microseconds(() => wholeComposer.expandShoot({ shoot: "editorial", base_seed: 4242 }));
const draft = whole.direct({}, text, {}).draft;
const turning = microseconds(() => whole.direct(draft, "make the coat red, closer, and lose the tram", {}));
const template = "{red|blue|green} coat, {1-2$$rain|fog|snow}, __lighting__";
const varied = microseconds(() => whole.expandVariants({ template, mode: "random", seed: 7, limit: 8 }));
const pasted = "(best quality:1.3), a woman, <lora:x:1> --ar 3:4\nNegative prompt: blurry\nSteps: 30, Seed: 12, Size: 832x1216";
const importing = microseconds(() => whole.importPrompt(pasted));
const crossing = microseconds(() => throughWasm(text));
const recipe = microseconds(() => referenceRecipe(text));
const vocabularies = ["clip", "t5"].map((name) => readFileSync(here(`../../prompt/vocab/${name}.vocab`)));
const before = process.hrtime.bigint();
whole.loadVocabularies(...vocabularies);
const loading = Number(process.hrtime.bigint() - before) / 1000;
if (!whole.countTokens(final).exact) throw new Error("the vocabularies are not loaded");
const counting = microseconds(() => whole.countTokens(final));
const counter = new whole.Composer(model);
let turn = false;
const counted = microseconds(() => counter.preview((turn = !turn) ? request : keystroke));

// Prompts of 4,000 characters made to be slow: the reader's worst cases, and every hostile case of the corpus in a row.
const hostile = {
  commas: ",",
  clauses: "a,",
  brackets: "([{",
  closing: ")]}",
  quotes: '"a" ',
  triggers: `${trigger} `,
  "triggers in a row": `${trigger},`,
  "foreign triggers": "user99999999 ",
  aliases: "[trigger]",
  "one word": "a",
  "two words": "of a ",
  "a long word before triggers": `${"a".repeat(2_000)} ${`${trigger} `.repeat(160)}`,
  joiners: "\u200b",
  marks: "e\u0301",
  letters: "李",
  sentences: "a. ",
};
const cases = readFileSync(here("../../../tests/corpus/hostile.jsonl"), "utf8").trim().split("\n");
hostile["the corpus"] = cases.map((line) => JSON.parse(line).input).join(" ");
const slowest = (composer) => {
  let [spent, kind] = [0, ""];
  for (const [name, piece] of Object.entries(hostile)) {
    const request = { text: [...piece.repeat(Math.ceil(4_000 / piece.length) + 1)].slice(0, 4_000).join("") };
    const preview = () => {
      try {
        composer.preview(request);
      } catch {
        // What T5 would not read to its end is refused, and says nothing less about the time.
      }
    };
    const took = microseconds(preview, 1, 15);
    if (took > spent) [spent, kind] = [took, name];
  }
  return { spent, kind };
};
const estimated = slowest(composer);
const exact = slowest(counter);

const sent = { builder: 1, index: 0, input: composer.preview(request).input, provider: "replicate", seed: 4242, version: "f00d" };
const identified = microseconds(() => whole.recipeId(sent));
const replayed = microseconds(() => whole.replay(sent, "replicate", "f00d", model));
const picture = readFileSync(here("../../../tests/fixtures/pictures/plain.jpg"));
const embedded = whole.embedRecipe(picture, sent);
const embedding = microseconds(() => whole.embedRecipe(picture, sent));
const readingBack = microseconds(() => whole.readRecipe(embedded));
if (whole.recipeId(whole.readRecipe(embedded)) !== whole.recipeId(sent)) throw new Error("the recipe did not come back");

const line = (what, value, ratio) => console.log(`${what.padEnd(44)} ${value.toFixed(2).padStart(7)} µs${ratio}`);
line("one preview of a 60-word prompt", preview, `   (budget ${BUDGET_MICROSECONDS} µs)`);
line("the same, with another setting each time", settings, "");
line("what there is to say of it", inspecting, "");
line("a photoshoot of ten shots, expanded", shoot, "");
line("a follow-up to the director", turning, "");
line("eight variants of a template", varied, "");
line("a pasted prompt cleaned up", importing, "");
line("the same string into wasm and out", crossing, `   preview is ${(preview / crossing).toFixed(1)}x`);
line("a small JavaScript version of the recipe", recipe, `   preview is ${(preview / recipe).toFixed(1)}x`);
line("unpacking both vocabularies", loading, `   (budget ${LOADING_BUDGET_MICROSECONDS} µs)`);
line("counting the tokens of the finished prompt", counting, `   (budget ${COUNTING_BUDGET_MICROSECONDS} µs)`);
line("one preview with its tokens counted", counted, "");
line("a recipe and its id", identified, "");
line("a recipe replayed", replayed, "");
line("a recipe put into a picture", embedding, "");
line("a recipe read out of it", readingBack, "");
line("4,000 hostile characters, one preview", estimated.spent, `   (${estimated.kind}; budget ${HOSTILE_BUDGET_MICROSECONDS} µs)`);
line("the same with its tokens counted", exact.spent, `   (${exact.kind}; budget ${HOSTILE_BUDGET_MICROSECONDS} µs)`);
for (const [spent, budget] of [
  [preview, BUDGET_MICROSECONDS],
  [counting, COUNTING_BUDGET_MICROSECONDS],
  [loading, LOADING_BUDGET_MICROSECONDS],
  [estimated.spent, HOSTILE_BUDGET_MICROSECONDS],
  [exact.spent, HOSTILE_BUDGET_MICROSECONDS],
]) {
  if (spent > budget) {
    console.error(`over budget: ${spent.toFixed(1)} of ${budget} µs`);
    process.exitCode = 1;
  }
}
