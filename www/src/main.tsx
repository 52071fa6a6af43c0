import { render } from "preact";
import { App } from "./app";
import { loadModules } from "./engine/modules";
import { startRouter } from "./router";
import { loadSession } from "./state/session";
import "./style/index.css";

startRouter();
void loadSession();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
// Two frames, because the second begins after the first has been painted.
requestAnimationFrame(() => requestAnimationFrame(() => void loadModules()));
