// The text encoders' vocabularies, fetched when the browser is idle. Until they have loaded, the module estimates
// token counts.
import { effect, signal } from "@preact/signals";
import clipAddress from "../../../crates/prompt/vocab/clip.vocab";
import t5Address from "../../../crates/prompt/vocab/t5.vocab";
import { type FullModule, fullModule } from "./modules";

/** Token counts are exact. */
export const vocabulariesLoaded = signal(false);

/** Fetches the vocabularies once the full module has loaded and the browser is idle. Returns how to stop waiting. */
export function loadVocabulariesWhenIdle(): () => void {
  return effect(() => {
    if (vocabulariesLoaded.peek() || fullModule.value.state !== "ready") return;
    const { module } = fullModule.value;
    return whenIdle(() => void loadVocabularies(module));
  });
}

/** Loads both. Estimates are good enough to go on with, so a failure is only logged. */
async function loadVocabularies(module: FullModule): Promise<void> {
  try {
    const [clip, t5] = await Promise.all([unpacked(clipAddress), unpacked(t5Address)]);
    module.loadVocabularies(clip, t5);
    vocabulariesLoaded.value = true;
  } catch (cause) {
    console.warn(cause);
  }
}

/** The build gzips the files: no host compresses a type that it does not know. */
async function unpacked(address: string): Promise<Uint8Array> {
  const { ok, status, body } = await fetch(address);
  if (!ok || body === null) throw new Error(`${address}: ${status}`);
  const stream = body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
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
