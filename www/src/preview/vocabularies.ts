// The encoders' vocabularies, loaded when nothing else is waiting. Until then the module estimates.
import { signal } from "@preact/signals";
import clipAddress from "../../../crates/prompt/vocab/clip.vocab";
import t5Address from "../../../crates/prompt/vocab/t5.vocab";

type Module = typeof import("../../pkg/selfsame_wasm");

/** Tokens are counted, no longer estimated. */
export const vocabulariesLoaded = signal(false);

/** Loads both into `module`. Without them everything works but for exact numbers, so a failure is only noted. */
export async function loadVocabularies(module: Module): Promise<void> {
  try {
    const [clip, t5] = await Promise.all([unpacked(clipAddress), unpacked(t5Address)]);
    module.loadVocabularies(clip, t5);
    vocabulariesLoaded.value = true;
  } catch (cause) {
    console.warn(cause);
  }
}

/** The page's build gzips them. */
async function unpacked(address: string): Promise<Uint8Array> {
  const { ok, status, body } = await fetch(address);
  if (!ok || body === null) throw new Error(`${address}: ${status}`);
  const stream = body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
