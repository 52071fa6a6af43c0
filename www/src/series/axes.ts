// What a comparison varies: the parameters, the values to choose from, and what both are called.
import type { Axis, AxisParameter, Difference, Frame, InputValue } from "../api/types";
import { type Choices, type OwnModel, placementOptions } from "../state/models";

/** What each parameter is called, in the order of the menu. */
export const parameterTitles: Readonly<Record<AxisParameter, string>> = {
  preset: "Preset",
  guidance: "Guidance",
  steps: "Steps",
  lora_scale: "LoRA strength",
  enhancement: "Finish",
  enhancement_scale: "Finish strength",
  quality: "Quality text",
  placement: "Trigger word",
  model: "Model",
  seed: "Seed",
};

/** The parameters whose values are typed: what is in the field at first, and what it takes. */
const typed: Partial<Readonly<Record<AxisParameter, { start: readonly number[]; range: string }>>> = {
  guidance: { start: [2, 2.5, 3.5], range: "From 0 to 10" },
  steps: { start: [20, 28, 50], range: "Whole numbers from 1 to 50" },
  lora_scale: { start: [0.8, 1, 1.2], range: "From -1 to 3" },
  enhancement_scale: { start: [0.3, 0.6], range: "From 0 to 3" },
  seed: { start: [1, 2, 3, 4], range: "Whole numbers from 1 to 4294967295" },
};

/** What an axis of enhancements calls the picture without one. */
const NO_ENHANCEMENT = "none";

/** Every model has the same catalogue. */
export const enhancementsOf = ({ models }: Pick<Choices, "models">) => models[0]?.enhancements ?? [];

/**
 * The values that a parameter is chosen from, and what they are called; null for one whose values are typed. `other`: what
 * the other axis varies.
 */
export function optionsOf(
  parameter: AxisParameter,
  choices: Choices,
  other?: AxisParameter,
): readonly { value: string; label: string }[] | null {
  const titled = (list: readonly { id: string; title: string }[]) =>
    list.map(({ id, title }) => ({ value: id, label: title }));
  switch (parameter) {
    case "preset":
      return titled(choices.presets);
    case "quality":
      return titled(choices.quality_specs);
    case "placement":
      return placementOptions;
    case "model":
      return choices.models.map(({ id, label }) => ({ value: id, label }));
    case "enhancement":
      // Without an enhancement, every strength makes the same picture.
      if (other === "enhancement_scale") return titled(enhancementsOf(choices));
      return [{ value: NO_ENHANCEMENT, label: "None" }, ...titled(enhancementsOf(choices))];
    default:
      return null;
  }
}

/** What a field of typed values takes. */
export const rangeOf = (parameter: AxisParameter): string => typed[parameter]?.range ?? "";

/** Whether there is anything to vary: `model` takes the parameter, and there is more than one value. */
export function isVariable(
  parameter: AxisParameter,
  { dialect }: Pick<OwnModel, "dialect">,
  choices: Choices,
): boolean {
  switch (parameter) {
    case "guidance":
    case "steps":
    case "lora_scale":
      return dialect.inputs.some((input) => input.parameter === parameter);
    case "enhancement":
    case "enhancement_scale":
      return dialect.enhancement !== undefined && enhancementsOf(choices).length > 0;
    default:
      return optionsOf(parameter, choices)?.length !== 1;
  }
}

/** A parameter with the values to begin with. */
export function axisOf(parameter: AxisParameter, choices: Choices, other?: AxisParameter): Axis {
  const options = optionsOf(parameter, choices, other);
  const values = options === null ? (typed[parameter]?.start ?? []) : options.slice(0, 2).map(({ value }) => value);
  return { parameter, values: [...values] };
}

/** `axis` with those of its values that can be chosen beside `other`. */
export function fitted(axis: Axis, choices: Choices, other?: AxisParameter): Axis {
  const options = optionsOf(axis.parameter, choices, other);
  if (options === null) return axis;
  return { ...axis, values: axis.values.filter((value) => options.some((option) => option.value === value)) };
}

/** The values in `text`, separated by commas or spaces. What is not a number stays as it is: the studio says so. */
export const valuesIn = (text: string): InputValue[] =>
  text
    .split(/[\s,;]+/)
    .filter((word) => word !== "")
    .map((word) => (Number.isFinite(Number(word)) ? Number(word) : word));

/** What a value is called, as far as the choices have loaded. */
function valueTitle({ parameter, value }: Difference, choices: Choices | null): string {
  const options = choices === null ? null : optionsOf(parameter, choices);
  return options?.find((option) => option.value === value)?.label ?? String(value);
}

/** A frame's title. A comparison names its cells by their values, and what a person calls these reads better. */
export function frameTitle({ title, differs }: Pick<Frame, "title" | "differs">, choices: Choices | null): string {
  return differs.length === 0 ? title : differs.map((difference) => valueTitle(difference, choices)).join(", ");
}

/** The most characters of a title that the studio takes. */
const LONGEST_TITLE = 120;

/** `Preset: Likeness, Classic; Steps: 28, 50`. */
export function comparisonTitle(axes: readonly Axis[], choices: Choices): string {
  const named = ({ parameter, values }: Axis) =>
    `${parameterTitles[parameter]}: ${values.map((value) => valueTitle({ parameter, value }, choices)).join(", ")}`;
  const title = axes.map(named).join("; ");
  return [...title].slice(0, LONGEST_TITLE).join("");
}
