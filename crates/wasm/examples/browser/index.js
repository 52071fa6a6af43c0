import init, { Composer, parseDialect } from "./node_modules/selfsame-wasm/web/selfsame_wasm.js";

const [schema] = await Promise.all([fetch("openapi.json").then((answer) => answer.text()), init()]);

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
words.disabled = false;
