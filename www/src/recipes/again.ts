// From a recipe back to the composer's draft.
import type {
  Composition,
  EnhancementChoice,
  Model,
  Overrides,
  Parameter,
  Placement,
  Preset,
  QualityId,
  Recipe,
  Span,
} from "../api/types";
import { type ComposerDraft, compositionOf, freshDraft, overrideNames } from "../state/draft/composer-draft";

/** The person's own model that made the picture: it has the same version and, where one is sent, the same LoRA. */
export function modelOf(recipe: Recipe, models: readonly Model[]): Model | null {
  const same = (model: Model) =>
    model.provider === recipe.provider &&
    model.version === recipe.version &&
    (recipe.input.lora_weights ?? null) === model.weights;
  return models.find(same) ?? null;
}

/** A draft that makes a recipe again. */
export interface Again {
  readonly draft: ComposerDraft;
  /** Its request is exactly the recipe; otherwise it is as near as the composer comes. */
  readonly exact: boolean;
}

/** The input that `composition` sends with the recipe's model, or null when it cannot be sent. */
export type Inputs = (composition: Composition) => Recipe["input"] | null;

/**
 * The draft whose request is `recipe`; null without presets. A recipe keeps what was sent, not what was typed and
 * chosen, so likely drafts are composed in turn until one gives the same input.
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
  const base: ComposerDraft = {
    ...freshDraft(used ?? 1),
    model: model.id,
    preset: preset.id,
    overrides,
    pictures: pictures ?? 1,
    quality: qualityOf(recipe),
    enhancements: enhancementsOf(recipe, model),
    seedLocked: used !== null,
  };
  const drafts = likelyTexts(recipe).flatMap((text) => placements.map((placement) => ({ ...base, text, placement })));
  const exact = drafts.find((draft) => {
    const input = inputs(compositionOf(draft));
    const wanted = used !== null && "seed" in recipe.input ? { ...recipe.input, seed: used } : recipe.input;
    return input !== null && equal(input, wanted);
  });
  const draft = exact ?? drafts[0];
  return draft === undefined ? null : { draft, exact: exact !== undefined };
}

const placements: readonly Placement[] = ["beginning_and_middle", "beginning", "natural"];

type Sent = Omit<Overrides, "seed"> & { seed?: number; pictures?: number };

/** The canonical parameters that were sent, translated from the input names of the model's version. */
function sentParameters(recipe: Recipe, model: Model): Sent {
  const sent: Partial<Record<Parameter, unknown>> = {};
  for (const { parameter, name } of model.dialect.inputs) {
    const value = recipe.input[name];
    if (value !== undefined) sent[parameter] = value;
  }
  return sent as Sent;
}

/** The preset that needs the fewest overrides; of equals, the first. */
function nearest(sent: Sent, presets: readonly Preset[]): Preset | null {
  const changes = (preset: Preset) =>
    overrideNames.filter((name) => sent[name] !== undefined && sent[name] !== preset[name]).length;
  return presets.reduce<Preset | null>(
    (best, preset) => (best === null || changes(preset) < changes(best) ? preset : best),
    null,
  );
}

const qualityOf = ({ data = [] }: Recipe): QualityId =>
  data.some((name) => name.startsWith("quality/lean@")) ? "lean" : "reference";

/** The enhancements that the recipe names, with the scale that was sent. A version takes one. */
function enhancementsOf({ data = [], input }: Recipe, { dialect }: Model): EnhancementChoice[] {
  const scale = input[dialect.enhancement?.scale_name ?? ""];
  return data.flatMap((name) => {
    const id = /^enhancement\/(.+)@/.exec(name)?.[1];
    return id === undefined ? [] : [{ id, ...(typeof scale === "number" && { scale }) }];
  });
}

/** Texts that may have been typed: the person's part of the prompt, then the whole prompt. */
function likelyTexts({ input, parts = [] }: Recipe): string[] {
  const own = ownWords(parts);
  const whole = String(input.prompt ?? "");
  return own === "" || own === whole ? [whole] : [own, whole];
}

/** The person's part of a prompt, with the separators that stood inside it. */
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
