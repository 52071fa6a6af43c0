import type { Mode } from "../api/types";
import { change } from "../state/draft/composer";
import { intended } from "../state/draft/intended";
import { MAX_VARIANTS, variety } from "../state/draft/variety";
import { Choice } from "../ui/choice";
import { plural } from "../ui/format";

const modes: { value: Mode; label: string }[] = [
  { value: "all", label: "All" },
  { value: "random", label: "At random" },
  { value: "zip", label: "In step" },
];

const explained: Record<Mode, string> = {
  all: "Every combination of your choices is one prompt.",
  random: "Some combinations are drawn; the seed decides which, so the same seed draws the same.",
  zip: "The first of every choice together, then the second of every choice, and so on.",
};

/** How many prompts the choices in the words make, and which combinations of them. */
export function Choices() {
  const known = variety.value;
  const { mode, draws, pictures } = intended.value;
  if (known.state !== "many") return null;
  return (
    <div class="choices">
      <p class="choices-count">
        {plural(known.prompts, "prompt")}
        {pictures > 1 && `, ${plural(known.prompts * pictures, "picture")}`}
        {mode === "random" && ` of ${known.exact ? "" : "up to "}${known.all.toLocaleString("en")}`}
      </p>
      <Choice
        legend="Which combinations"
        legendHidden
        value={mode}
        options={modes}
        onChange={(value) => change({ mode: value })}
      />
      {mode === "random" && (
        <label class="choices-draws">
          <span>How many</span>
          <input
            type="number"
            min={1}
            max={MAX_VARIANTS}
            value={draws}
            onInput={({ currentTarget: { valueAsNumber: value } }) => {
              if (Number.isInteger(value) && value >= 1 && value <= MAX_VARIANTS) change({ draws: value });
            }}
          />
        </label>
      )}
      <p class="field-hint">{explained[mode]}</p>
    </div>
  );
}
