// The presets that the person made. Using one puts its settings into the draft, so that a request says everything itself.
import { signal } from "@preact/signals";
import { getPresets } from "../api/endpoints";
import type { OwnPreset, PresetSettings } from "../api/types";
import { change } from "./draft/composer";
import type { ComposerDraft } from "./draft/composer-draft";

/** The person's own presets, oldest first; null until they have loaded. */
export const ownPresets = signal<readonly OwnPreset[] | null>(null);

export async function loadPresets(): Promise<void> {
  ownPresets.value = (await getPresets()).own;
}

/** Loads the presets again, after another tab has changed them. */
export function refreshPresets(): void {
  // Without an answer those that are known stay.
  if (ownPresets.peek() !== null) loadPresets().catch(() => null);
}

/** What a preset with the draft's settings sets. */
export const settingsOf = ({ preset, overrides, placement, quality }: ComposerDraft): PresetSettings => ({
  preset,
  overrides,
  placement,
  quality,
});

export function applyPreset({ settings }: OwnPreset): void {
  const { preset = "likeness", overrides = {}, placement = "beginning_and_middle", quality = "reference" } = settings;
  change({ preset, overrides, placement, quality });
}
