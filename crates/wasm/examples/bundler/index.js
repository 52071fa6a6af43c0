// A page that a bundler puts together: whatever loads WebAssembly as an ES module, such as webpack.
import { Composer, parseDialect } from "selfsame-wasm";
import schema from "./openapi.json";

const composer = new Composer({ trigger: "user42585527", class_word: "woman", dialect: parseDialect(schema) });
const words = document.querySelector("textarea");
const prompt = document.querySelector("output");

words.addEventListener("input", () => {
  try {
    prompt.value = composer.preview({ text: words.value }).prompt;
  } catch ({ message }) {
    prompt.value = message;
  }
});
