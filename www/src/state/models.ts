import { computed, signal } from "@preact/signals";
import { getModels } from "../api/endpoints";
import { type ApiError, toApiError } from "../api/error";
import type { Model, ModelList, Preset } from "../api/types";
import { draft } from "./draft/composer";

/** The models, presets and quality texts to choose from; null until they have loaded. */
export const choices = signal<ModelList | null>(null);
export const choicesError = signal<ApiError | null>(null);

export async function loadModels(): Promise<void> {
  choicesError.value = null;
  try {
    choices.value = await getModels();
  } catch (thrown) {
    choicesError.value = toApiError(thrown);
  }
}

/** The models that make pictures. Retired ones are listed for those they made. */
const activeModels = computed(() => (choices.value?.models ?? []).filter(({ state }) => state === "active"));

/** The model that the draft names, or the first when it names none that can be chosen. */
export const chosenModel = computed<Model | null>(() => {
  const models = activeModels.value;
  return models.find(({ id }) => id === draft.value.model) ?? models[0] ?? null;
});

export const chosenPreset = computed<Preset | null>(() => {
  const presets = choices.value?.presets ?? [];
  return presets.find(({ id }) => id === draft.value.preset) ?? presets[0] ?? null;
});

/** The models that can be chosen, as options of a select. */
export const modelOptions = computed(() => activeModels.value.map(({ id, label }) => ({ value: id, label })));
