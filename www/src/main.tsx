import { render } from "preact";
import { App } from "./app";
import { loadEngine } from "./preview/engine";
import { startRouter } from "./router";
import { loadSession } from "./state/session";
import "./style/index.css";

startRouter();
void loadSession();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
// Two frames: the second begins when the first has been painted.
requestAnimationFrame(() => requestAnimationFrame(() => void loadEngine()));
