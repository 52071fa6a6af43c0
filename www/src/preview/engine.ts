// The wasm module, loaded once the page has been painted.
import { signal } from "@preact/signals";
import type { Composer, Model } from "../api/types";

export type Module = typeof import("../../pkg/selfsame_wasm");

export type Engine = { readonly state: "loading" } | { readonly state: "ready"; readonly module: Module } | { readonly state: "failed" };

export const engine = signal<Engine>({ state: "loading" });

export async function loadEngine(): Promise<void> {
  if (engine.peek().state === "ready") return;
  engine.value = { state: "loading" };
  try {
    const [module, { default: address }] = await Promise.all([
      import("../../pkg/selfsame_wasm"),
      import("../../pkg/selfsame_wasm_bg.wasm"),
    ]);
    await module.default({ module_or_path: address });
    engine.value = { state: "ready", module };
  } catch (cause) {
    console.error(cause);
    engine.value = { state: "failed" };
  }
}

const composers = new Map<string, { model: Model; composer: Composer }>();

/** The composer of `model`, parsed once. */
export function composerFor(module: Module, model: Model): Composer {
  const known = composers.get(model.id);
  if (known?.model === model) return known.composer;
  known?.composer.free();
  const composer = new module.Composer(model);
  composers.set(model.id, { model, composer });
  return composer;
}
