// The WebAssembly modules. The small one previews and loads first, once the page has been painted; the full one
// does everything and loads after it.
import { type Signal, signal } from "@preact/signals";
import { ApiError } from "../api/error";
import type { Model } from "../api/types";

export type PreviewModule = typeof import("../../pkg/selfsame_preview");
export type FullModule = typeof import("../../pkg/selfsame_wasm");

export type Loaded<Module> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly module: Module }
  | { readonly state: "failed" };

export const previewModule = signal<Loaded<PreviewModule>>({ state: "loading" });
export const fullModule = signal<Loaded<FullModule>>({ state: "loading" });

/** Loads both modules, one after the other. Skips a module that has loaded and retries one that failed. */
export async function loadModules(): Promise<void> {
  await load(previewModule, async () => {
    const [module, { default: address }] = await Promise.all([
      import("../../pkg/selfsame_preview"),
      import("../../pkg/selfsame_preview_bg.wasm"),
    ]);
    await module.default({ module_or_path: address });
    return module;
  });
  await load(fullModule, async () => {
    const [module, { default: address }] = await Promise.all([
      import("../../pkg/selfsame_wasm"),
      import("../../pkg/selfsame_wasm_bg.wasm"),
    ]);
    await module.default({ module_or_path: address });
    return module;
  });
}

async function load<Module>(state: Signal<Loaded<Module>>, start: () => Promise<Module>): Promise<void> {
  if (state.peek().state === "ready") return;
  state.value = { state: "loading" };
  // The signal is set outside the promise chain: an error that a subscriber throws is not a failure to load.
  state.value = await start().then(
    (module): Loaded<Module> => ({ state: "ready", module }),
    (cause): Loaded<Module> => {
      console.error(cause);
      return { state: "failed" };
    },
  );
}

/** Resolves with the full module once it has loaded. A failed load is tried once more; then this rejects. */
export async function readyFullModule(): Promise<FullModule> {
  if (fullModule.peek().state === "failed") await loadModules();
  const loaded = await settled();
  if (loaded.state === "ready") return loaded.module;
  const sentence =
    "The part of the page that reads and writes recipes could not be loaded. Please try again in a moment.";
  throw new ApiError("unreachable", sentence, 0, null, null);
}

const settled = (): Promise<Loaded<FullModule>> =>
  new Promise((resolve) => {
    const unsubscribe = fullModule.subscribe((loaded) => {
      if (loaded.state === "loading") return;
      resolve(loaded);
      // `subscribe` calls back before it returns.
      queueMicrotask(() => unsubscribe());
    });
  });

const composers = new Map<string, { module: PreviewModule | FullModule; model: Model; composer: Composer }>();
type Composer = InstanceType<(PreviewModule | FullModule)["Composer"]>;

/** The composer of `module` for `model`. Each model keeps one, so that it is parsed once and not on every keystroke. */
export function composerFor<Module extends PreviewModule | FullModule>(module: Module, model: Model) {
  const before = composers.get(model.id);
  if (before?.model === model && before.module === module) return before.composer as InstanceType<Module["Composer"]>;
  before?.composer.free();
  const composer = new module.Composer(model);
  composers.set(model.id, { module, model, composer });
  return composer as InstanceType<Module["Composer"]>;
}
