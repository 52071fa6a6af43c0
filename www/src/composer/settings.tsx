import type { Megapixels, OutputFormat, QualityId } from "../api/types";
import { change, override } from "../state/draft/composer";
import { intended } from "../state/draft/intended";
import { choices, chosenPreset, placementOptions } from "../state/models";
import { Button } from "../ui/button";
import { Choice } from "../ui/choice";
import { Field } from "../ui/field";
import { lazy } from "../ui/lazy";
import { NumberField } from "../ui/number-field";
import { Select } from "../ui/select";
import { AspectChoice } from "./aspect-choice";
import { errorOf } from "./errors";
import { Finish } from "./finish";
import { SeedField } from "./seed-field";

const formats: { value: OutputFormat; label: string }[] = [
  { value: "webp", label: "WebP" },
  { value: "jpg", label: "JPEG" },
  { value: "png", label: "PNG" },
];
const sizes: { value: Megapixels; label: string }[] = [
  { value: "1", label: "1 megapixel" },
  { value: "0.25", label: "A quarter" },
];
const PresetVotes = lazy<{ preset: string }>(() => import("./preset-votes").then((module) => module.PresetVotes));
const OwnPresets = lazy(() => import("./own-presets").then((module) => module.OwnPresets));

/** Every parameter, starting from the preset. */
export function Settings() {
  const preset = chosenPreset.value;
  const { overrides, placement, quality } = intended.value;
  if (preset === null) return null;
  const specs = choices.value?.quality_specs ?? [];
  return (
    <div class="settings">
      <p class="settings-preset">
        {preset.description} {preset.evidence} <PresetVotes preset={preset.id} />
        {Object.keys(overrides).length > 0 && (
          <Button kind="quiet" onClick={() => change({ overrides: {} })}>
            Back to the preset
          </Button>
        )}
      </p>
      <AspectChoice value={overrides.aspect_ratio ?? preset.aspect_ratio} initial={preset.aspect_ratio} />
      <NumberField
        label="Guidance"
        hint="How closely it follows your words; 2 to 3.5 looks natural."
        error={errorOf("overrides.guidance")}
        value={overrides.guidance ?? preset.guidance}
        initial={preset.guidance}
        min={0}
        max={10}
        step={0.1}
        onChange={(value) => override("guidance", value)}
      />
      <NumberField
        label="Steps"
        hint="More is finer and slower, up to 50."
        error={errorOf("overrides.steps")}
        value={overrides.steps ?? preset.steps}
        initial={preset.steps}
        min={1}
        max={50}
        step={1}
        onChange={(value) => override("steps", value)}
      />
      <NumberField
        label="LoRA strength"
        hint="How much of you; 0.8 to 1.1 is the useful band."
        error={errorOf("overrides.lora_scale")}
        value={overrides.lora_scale ?? preset.lora_scale}
        initial={preset.lora_scale}
        min={-1}
        max={3}
        step={0.05}
        onChange={(value) => override("lora_scale", value)}
      />
      <Finish />
      <SeedField />
      <Choice
        legend="Format"
        value={overrides.output_format ?? preset.output_format}
        options={formats}
        error={errorOf("overrides.output_format")}
        onChange={(value) => override("output_format", value === preset.output_format ? undefined : value)}
      />
      <NumberField
        label="File quality"
        hint="Of WebP and JPEG; PNG keeps everything."
        error={errorOf("overrides.output_quality")}
        value={overrides.output_quality ?? preset.output_quality}
        initial={preset.output_quality}
        min={0}
        max={100}
        step={1}
        onChange={(value) => override("output_quality", value)}
      />
      <Choice
        legend="Size"
        value={overrides.megapixels ?? preset.megapixels}
        options={sizes}
        error={errorOf("overrides.megapixels")}
        onChange={(value) => override("megapixels", value === preset.megapixels ? undefined : value)}
      />
      <GoFast value={overrides.go_fast ?? preset.go_fast} initial={preset.go_fast} />
      <Field label="Trigger word">
        {({ id, describedBy }) => (
          <Select
            id={id}
            describedBy={describedBy}
            value={placement}
            options={placementOptions}
            onChange={(value) => change({ placement: value })}
          />
        )}
      </Field>
      <Field label="Quality text">
        {({ id, describedBy }) => (
          <Select<QualityId>
            id={id}
            describedBy={describedBy}
            value={quality}
            options={specs.map((spec) => ({ value: spec.id, label: spec.title }))}
            onChange={(value) => change({ quality: value })}
          />
        )}
      </Field>
      <OwnPresets />
    </div>
  );
}

function GoFast({ value, initial }: { value: boolean; initial: boolean }) {
  const error = errorOf("overrides.go_fast");
  return (
    <div class="field check-field">
      <label>
        <input
          type="checkbox"
          checked={value}
          onChange={({ currentTarget: { checked } }) => override("go_fast", checked === initial ? undefined : checked)}
        />
        Go fast
      </label>
      <p class="field-hint">Quicker, but the same seed no longer gives the same picture.</p>
      {error !== null && <p class="field-error">{error}</p>}
    </div>
  );
}
