import { effect } from "@preact/signals";
import { tools } from "./engine";
import { loadVocabularies, vocabulariesLoaded } from "./vocabularies";

/** Fetches the vocabularies once the module is there and the browser idle; call what it returns to wait no longer. */
export function wantVocabularies(): () => void {
  return effect(() => {
    if (vocabulariesLoaded.peek() || tools.value.state !== "ready") return;
    const { module } = tools.value;
    return whenIdle(() => void loadVocabularies(module));
  });
}

/** Safari has no `requestIdleCallback`. */
function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(run, { timeout: 5_000 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(run, 1_000);
  return () => clearTimeout(timer);
}
