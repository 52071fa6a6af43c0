import { computed, signal } from "@preact/signals";
import { getEnhancements, getModels } from "../api/endpoints";
import { type ApiError, toApiError } from "../api/error";
import type { Model, ModelList, OfferedEnhancement, Placement, Preset } from "../api/types";
import { draft } from "./draft/composer";

/** A model with the enhancements that its requests may name, as the WebAssembly module takes it. */
export interface OwnModel extends Model {
  readonly enhancements: OfferedEnhancement[];
}

/** What a request is made of. */
export interface Choices extends ModelList {
  readonly models: OwnModel[];
}

/** The models, presets and quality texts to choose from; null until they have loaded. */
export const choices = signal<Choices | null>(null);
export const choicesError = signal<ApiError | null>(null);

const none = { enhancements: [] };

export async function loadModels(): Promise<void> {
  choicesError.value = null;
  try {
    // Without the catalogue pictures can be made all the same.
    const [list, { enhancements }] = await Promise.all([getModels(), getEnhancements().catch(() => none)]);
    choices.value = { ...list, models: list.models.map((model) => ({ ...model, enhancements })) };
  } catch (thrown) {
    choicesError.value = toApiError(thrown);
  }
}

/** The models that make pictures. The others are listed for those they made. */
export const activeModels = computed(() =>
  (choices.value?.models ?? []).filter(({ state, proof }) => state === "active" && proof !== "not_proven"),
);

/** The model that the draft names, or the first when it names none that can be chosen. */
export const chosenModel = computed<OwnModel | null>(() => {
  const models = activeModels.value;
  return models.find(({ id }) => id === draft.value.model) ?? models[0] ?? null;
});

export const chosenPreset = computed<Preset | null>(() => {
  const presets = choices.value?.presets ?? [];
  return presets.find(({ id }) => id === draft.value.preset) ?? presets[0] ?? null;
});

/** The models that can be chosen, as options of a select. */
export const modelOptions = computed(() => activeModels.value.map(({ id, label }) => ({ value: id, label })));

export const placementOptions: readonly { value: Placement; label: string }[] = [
  { value: "beginning_and_middle", label: "Beginning and middle" },
  { value: "beginning", label: "Beginning only" },
  { value: "natural", label: "Where I wrote it" },
];
