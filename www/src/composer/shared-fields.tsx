import type { PresetId } from "../api/types";
import { change } from "../state/draft/composer";
import { choices, chosenModel, modelOptions } from "../state/models";
import { Field } from "../ui/field";
import { Select } from "../ui/select";

// The fields that a series has in common with a single request.

/** Which model makes the pictures; nothing when there is no choice. The composer's model changes with it. */
export function ModelField() {
  const options = modelOptions.value;
  const chosen = chosenModel.value;
  if (options.length < 2 || chosen === null) return null;
  return (
    <Field label="Model">
      {({ id }) => <Select id={id} value={chosen.id} options={options} onChange={(model) => change({ model })} />}
    </Field>
  );
}

interface PresetFieldProps {
  preset: PresetId;
  onChange(preset: PresetId): void;
}

/** The preset that the settings start from. */
export function PresetField({ preset, onChange }: PresetFieldProps) {
  const presets = choices.value?.presets ?? [];
  return (
    <Field label="Preset" hint={presets.find(({ id }) => id === preset)?.description}>
      {({ id, describedBy }) => (
        <Select<PresetId>
          id={id}
          describedBy={describedBy}
          value={preset}
          options={presets.map((one) => ({ value: one.id, label: one.title }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
