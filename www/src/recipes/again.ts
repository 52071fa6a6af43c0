// From a recipe back to what stands in the composer.
import type {
  Composition,
  Model,
  Overrides,
  Parameter,
  Placement,
  Preset,
  QualityId,
  Recipe,
  Span,
} from "../api/types";
import { compositionOf, type Draft, freshDraft } from "../state/request";

/** The person's own model that made the picture: the same version and, where one is sent, the same LoRA. */
export function modelOf(recipe: Recipe, models: readonly Model[]): Model | null {
  const same = (model: Model) =>
    model.provider === recipe.provider &&
    model.version === recipe.version &&
    (recipe.input.lora_weights ?? null) === model.weights;
  return models.find(same) ?? null;
}

/** A draft that was made of a recipe. */
export interface Again {
  readonly draft: Draft;
  /** It would be sent as the recipe was, to the letter; else only as near to it as the composer comes. */
  readonly exact: boolean;
}

/** What `composition` would send with the recipe's model, or null when it cannot be sent. */
export type Inputs = (composition: Composition) => Recipe["input"] | null;

/**
 * The draft whose request comes out as `recipe`. A recipe does not keep what was typed and chosen, only what
 * became of it, so the likely drafts are tried in turn until one comes out the same.
 */
export function againOf(recipe: Recipe, model: Model, presets: readonly Preset[], inputs: Inputs): Again | null {
  const sent = sentParameters(recipe, model);
  const preset = nearest(sent, presets);
  if (preset === null) return null;
  const { pictures, seed, ...values } = sent;
  const overrides: Overrides = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== preset[name as keyof typeof values]) Object.assign(overrides, { [name]: value });
  }
  const used = recipe.seed ?? seed ?? null;
  const base: Draft = {
    ...freshDraft(used ?? 1),
    model: model.id,
    preset: preset.id,
    overrides,
    pictures: pictures ?? 1,
    quality: qualityOf(recipe),
    seedLocked: used !== null,
  };
  const drafts = wordsOf(recipe).flatMap((text) => placements.map((placement) => ({ ...base, text, placement })));
  const exact = drafts.find((draft) => {
    const comes = inputs(compositionOf(draft));
    return (
      comes !== null &&
      equal(comes, { ...recipe.input, ...(used !== null && "seed" in recipe.input ? { seed: used } : {}) })
    );
  });
  const draft = exact ?? drafts[0];
  return draft === undefined ? null : { draft, exact: exact !== undefined };
}

const placements: readonly Placement[] = ["beginning_and_middle", "beginning", "natural"];

type Sent = Omit<Overrides, "seed"> & { seed?: number; pictures?: number };

/** The canonical parameters of what was sent, by the names that the model's version has for them. */
function sentParameters(recipe: Recipe, model: Model): Sent {
  const sent: Partial<Record<Parameter, unknown>> = {};
  for (const { parameter, name } of model.dialect.inputs) {
    const value = recipe.input[name];
    if (value !== undefined) sent[parameter] = value;
  }
  return sent as Sent;
}

/** The preset that needs the fewest changes; of equals, the first. */
function nearest(sent: Sent, presets: readonly Preset[]): Preset | null {
  const names = [
    "guidance",
    "steps",
    "lora_scale",
    "aspect_ratio",
    "megapixels",
    "output_format",
    "output_quality",
    "go_fast",
  ] as const;
  const changes = (preset: Preset) =>
    names.filter((name) => sent[name] !== undefined && sent[name] !== preset[name]).length;
  return presets.reduce<Preset | null>(
    (best, preset) => (best === null || changes(preset) < changes(best) ? preset : best),
    null,
  );
}

const qualityOf = ({ data = [] }: Recipe): QualityId =>
  data.some((name) => name.startsWith("quality/lean@")) ? "lean" : "reference";

/** What may have been written: the words without what the builder adds; else the whole prompt, which it takes as well. */
function wordsOf({ input, parts = [] }: Recipe): string[] {
  const own = ownWords(parts);
  const whole = String(input.prompt ?? "");
  return own === "" || own === whole ? [whole] : [own, whole];
}

/** The parts that came from the person, with the separators that stood between them. */
export function ownWords(parts: readonly Span[]): string {
  let text = "";
  let separator = "";
  for (const { source, text: piece } of parts) {
    if (source === "joint") separator ||= piece;
    else if (source === "you" || source === "slots") {
      text += text === "" ? piece : `${separator}${piece}`;
      separator = "";
    }
  }
  return text.trim();
}

function equal(a: Recipe["input"], b: Recipe["input"]): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
