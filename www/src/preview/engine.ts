// The wasm modules, loaded once the page has been painted: first the small one, which previews, and then the whole one,
// for everything that can wait until a preview stands there.
import { type Signal, signal } from "@preact/signals";
import type { Model } from "../api/types";

type Previewer = typeof import("../../pkg/selfsame_preview");
export type Module = typeof import("../../pkg/selfsame_wasm");

export type Loaded<Module> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly module: Module }
  | { readonly state: "failed" };

/** What previews. */
export const engine = signal<Loaded<Previewer>>({ state: "loading" });
/** Choices in words, remarks, and whatever else the whole module can do. */
export const tools = signal<Loaded<Module>>({ state: "loading" });

export async function loadEngine(): Promise<void> {
  await load(engine, async () => {
    const [module, { default: address }] = await Promise.all([
      import("../../pkg/selfsame_preview"),
      import("../../pkg/selfsame_preview_bg.wasm"),
    ]);
    await module.default({ module_or_path: address });
    return module;
  });
  await load(tools, async () => {
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
  // Set outside the chain: what follows from it may throw, and would pass for a failure to load.
  state.value = await start().then(
    (module): Loaded<Module> => ({ state: "ready", module }),
    (cause): Loaded<Module> => {
      console.error(cause);
      return { state: "failed" };
    },
  );
}

interface Freed {
  free(): void;
}

/** Makes one thing a model, and parses the model only then. */
function oncePerModel<Module, Made extends Freed>(make: (module: Module, model: Model) => Made) {
  const known = new Map<string, { module: Module; model: Model; made: Made }>();
  return (module: Module, model: Model): Made => {
    const before = known.get(model.id);
    if (before?.model === model && before.module === module) return before.made;
    before?.made.free();
    const made = make(module, model);
    known.set(model.id, { module, model, made });
    return made;
  };
}

const compose = oncePerModel((module: Previewer | Module, model) => new module.Composer(model));
/** The composer of `module`, which does what that module can do. */
export const composerFor = <Of extends Previewer | Module>(module: Of, model: Model) =>
  compose(module, model) as InstanceType<Of["Composer"]>;
export const linterFor = oncePerModel((module: Module, model) => new module.Linter(model));
