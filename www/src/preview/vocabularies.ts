// The encoders' vocabularies, fetched when there is nothing better to do: until they are here, token counts are estimates.
import { effect, signal } from "@preact/signals";
import clip from "../../../crates/core/vocab/clip.vocab";
import t5 from "../../../crates/core/vocab/t5.vocab";
import { engine } from "./engine";

/** Whether tokens are counted exactly. */
export const exactTokens = signal(false);

let asked = false;

/** Fetches the vocabularies once the module is ready and the browser idle; call what it returns to wait no longer. */
export function wantVocabularies(): () => void {
  return effect(() => {
    if (asked || engine.value.state !== "ready") return;
    const { module } = engine.value;
    const stop = whenIdle(() => {
      asked = true;
      load(module.loadVocabularies).catch((cause: unknown) => {
        // Estimates do as well; the next visit tries again.
        console.warn(cause);
      });
    });
    return stop;
  });
}

async function load(take: (clip: Uint8Array, t5: Uint8Array) => void): Promise<void> {
  const [clipBytes, t5Bytes] = await Promise.all([bytesOf(clip), bytesOf(t5)]);
  take(clipBytes, t5Bytes);
  exactTokens.value = true;
}

async function bytesOf(address: string): Promise<Uint8Array> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
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
