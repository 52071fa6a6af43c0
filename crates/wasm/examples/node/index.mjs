// Prints what a provider would be sent, and what became of every parameter.
//   npm install selfsame-wasm
//   node index.mjs openapi.json "in a cafe, morning light"
import { readFile } from "node:fs/promises";
import { Composer, drawSeed, parseDialect } from "selfsame-wasm";

const [schema, text] = process.argv.slice(2);

// The model version's `openapi_schema`, as the provider gives it.
const dialect = parseDialect(await readFile(schema, "utf8"));
const composer = new Composer({ trigger: "user42585527", class_word: "woman", dialect });

try {
  const preview = composer.preview({ text, overrides: { seed: drawSeed() } });
  console.log(JSON.stringify(preview.input, null, 2));
  for (const { parameter, status, reason } of preview.effects) console.log(`${parameter}: ${status}. ${reason}`);
} catch ({ code, field, message }) {
  console.error(`${field ?? "request"}: ${message} (${code})`);
  process.exitCode = 1;
}
