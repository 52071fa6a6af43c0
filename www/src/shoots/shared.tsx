import { type Signal, useSignal } from "@preact/signals";
import { ModelField, PresetField } from "../composer/shared-fields";
import { drawSeed, parseSeed } from "../state/draft/seed";
import { IconButton } from "../ui/button";
import { Field } from "../ui/field";
import { RefreshIcon } from "../ui/icons";
import type { Choice } from "./choice";

/** The settings that all shots share: model, first seed and preset. */
export function Shared({ choice }: { choice: Signal<Choice> }) {
  const set = (part: Partial<Choice>) => (choice.value = { ...choice.peek(), ...part });
  const { preset } = choice.value;
  return (
    <section class="shoot-settings" aria-labelledby="shared-title">
      <h2 id="shared-title">For all shots</h2>
      <ModelField />
      <SeedField seed={choice.value.seed} onChange={(seed) => set({ seed })} />
      <PresetField preset={preset} onChange={(value) => set({ preset: value })} />
    </section>
  );
}

function SeedField({ seed, onChange }: { seed: number; onChange(seed: number): void }) {
  const typed = useSignal<string | null>(null);
  const text = typed.value ?? String(seed);
  const error = parseSeed(text) === null ? "A whole number from 1 to 4294967295." : null;
  return (
    <Field
      class="seed-field"
      label="First seed"
      hint="Each further shot adds one. The same seeds make the same series."
      error={error}
    >
      {({ id, describedBy, invalid }) => (
        <div class="seed-row">
          <input
            id={id}
            type="text"
            inputMode="numeric"
            autocomplete="off"
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={text}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
              const number = parseSeed(currentTarget.value);
              if (number !== null) onChange(number);
            }}
            onBlur={() => (typed.value = null)}
          />
          <IconButton label="Draw another seed" icon={<RefreshIcon />} onClick={() => onChange(drawSeed())} />
        </div>
      )}
    </Field>
  );
}
