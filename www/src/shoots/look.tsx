import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { PresetId } from "../api/types";
import { PromptLegend, PromptText } from "../preview/prompt-text";
import { choices } from "../state/models";
import { Field } from "../ui/field";
import { type Choice, toggled } from "./choice";
import type { LookPlan, Shot } from "./plan";

/** One look: its outfit and its shots. */
export function Look({ look, choice }: { look: LookPlan; choice: Signal<Choice> }) {
  const id = useId();
  const { title, outfit, shots, refusal } = look;
  const wear = (text: string | null) => {
    const { [title]: _, ...others } = choice.peek().outfits;
    choice.value = { ...choice.peek(), outfits: text === null ? others : { ...others, [title]: text } };
  };
  return (
    <section class="look" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Field label="Outfit" hint="The same words in every shot of this look." error={refusal?.message ?? null}>
        {(ids) => (
          <input
            id={ids.id}
            type="text"
            autocomplete="off"
            aria-describedby={ids.describedBy}
            aria-invalid={ids.invalid}
            placeholder={outfit}
            value={choice.value.outfits[title] ?? outfit}
            onInput={({ currentTarget }) => wear(currentTarget.value)}
            // An empty field returns to the look's own outfit.
            onBlur={({ currentTarget }) => currentTarget.value.trim() === "" && wear(null)}
          />
        )}
      </Field>
      <ol class="shot-list">
        {shots.map((shot) => (
          <ShotRow
            key={shot.index}
            shot={shot}
            chosen={choice.value.shots.includes(shot.index)}
            onChoose={(chosen) => (choice.value = toggled(choice.peek(), shot.index, chosen))}
          />
        ))}
      </ol>
    </section>
  );
}

interface ShotRowProps {
  shot: Shot;
  chosen: boolean;
  onChoose(chosen: boolean): void;
}

/** One shot: its scene, its seed and, on demand, its final prompt. */
function ShotRow({ shot: { index, scene, composition, preview }, chosen, onChoose }: ShotRowProps) {
  const { aspect_ratio } = preview.parameters;
  const seed = composition.overrides?.seed;
  return (
    <li class={chosen ? "shot" : "shot shot-left-out"}>
      <label class="shot-choice">
        <input type="checkbox" checked={chosen} onChange={({ currentTarget }) => onChoose(currentTarget.checked)} />
        <span class="shot-number" aria-hidden="true">
          {index + 1}
        </span>
        <span class="shot-scene">{scene}</span>
      </label>
      <p class="shot-facts">
        Seed {seed}, {aspect_ratio}, {presetTitle(composition.preset)}
      </p>
      <details class="shot-prompt">
        <summary>
          The prompt<span class="visually-hidden"> of {scene}</span>
        </summary>
        <PromptText spans={preview.spans} />
        <PromptLegend />
      </details>
    </li>
  );
}

const presetTitle = (id: PresetId | undefined) =>
  choices.value?.presets.find((preset) => preset.id === id)?.title ?? id;
