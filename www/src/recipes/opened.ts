// A picture file that a person opens to see how it was made. It never leaves the browser.
import { effect, signal } from "@preact/signals";
import { ApiError } from "../api/error";
import type { Model, Recipe } from "../api/types";
import { composerFor, readyFullModule } from "../engine/modules";
import { refusalToApiError } from "../engine/refusal";
import { timeline, wholeOf } from "../state/history/history";
import { isWhole } from "../state/history/timeline";
import { choices, choicesError } from "../state/models";
import { type Again, againOf, modelOf } from "./again";
import { save } from "./save";

/** Larger than any picture that a studio makes, and still quick to read. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface Found {
  readonly recipe: Recipe;
  readonly id: string;
  /** The person's own model that made it, and the draft that makes it again. */
  readonly own: { readonly model: Model; readonly again: Again } | null;
}

export type Opened =
  | { readonly state: "reading"; readonly name: string }
  | { readonly state: "failed"; readonly name: string; readonly error: ApiError }
  /** `found` is null when the file holds no recipe. */
  | {
      readonly state: "read";
      readonly file: File;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly found: Found | null;
    };

export const opened = signal<Opened | null>(null);

export async function openFile(file: File): Promise<void> {
  const { name } = file;
  const reading: Opened = { state: "reading", name };
  opened.value = reading;
  const become = (next: Opened) => {
    // Another file may have been chosen, or the dialog closed, meanwhile.
    if (opened.peek() === reading) opened.value = next;
  };
  try {
    if (file.size > MAX_BYTES)
      throw new ApiError("body_too_large", "This file is larger than any picture a studio makes.", 0, null, null);
    const module = await readyFullModule();
    const bytes = new Uint8Array(await file.arrayBuffer().catch(unreadable));
    const recipe = module.readRecipe(bytes) ?? null;
    become({ state: "read", file, bytes, found: recipe === null ? null : await foundIn(recipe) });
  } catch (thrown) {
    become({ state: "failed", name, error: refusalToApiError(thrown) });
  }
}

function unreadable(): never {
  throw new ApiError(
    "unreadable",
    "The browser could not read this file. It may have been moved, or changed since.",
    0,
    null,
    null,
  );
}

async function foundIn(recipe: Recipe): Promise<Found> {
  const module = await readyFullModule();
  const id = module.recipeId(recipe);
  // A page that has just opened does not know yet whose model it is.
  await modelsAnswered();
  const { models = [], presets = [] } = choices.peek() ?? {};
  const model = modelOf(recipe, models);
  const again =
    model &&
    againOf(recipe, model, presets, (composition) => {
      try {
        return composerFor(module, model).preview(composition).input;
      } catch {
        return null;
      }
    });
  return { recipe, id, own: model && again && { model, again } };
}

/** Waits until the models have loaded, or cannot be. */
async function modelsAnswered(): Promise<void> {
  let stop = () => {};
  await new Promise<void>((answered) => {
    stop = effect(() => {
      if (choices.value !== null || choicesError.value !== null) answered();
    });
  });
  stop();
}

/** Whether one of the listed pictures has this recipe. Summaries have no recipes, so those with its seed are fetched. */
export async function isKnown({ recipe: { seed }, id }: Found): Promise<boolean> {
  const candidates = timeline.peek().generations.filter((listed) => isWhole(listed) || listed.seed === seed);
  const wholes = await Promise.all(candidates.map((listed) => wholeOf(listed).catch(() => null)));
  return wholes.some((whole) => whole?.pictures.some(({ recipe_id }) => recipe_id === id));
}

/** Downloads a copy of the file without its recipe. */
export async function saveStripped(file: File, bytes: Uint8Array): Promise<void> {
  const module = await readyFullModule();
  try {
    save(module.stripRecipe(bytes), strippedName(file.name), file.type);
  } catch (thrown) {
    throw refusalToApiError(thrown);
  }
}

/** `portrait.png` without its recipe: `portrait-plain.png`. */
export const strippedName = (name: string): string => name.replace(/(\.[^.]*)?$/, (ending) => `-plain${ending}`);
