// The composer's content as a value, and its conversions to a request and back.
import type {
  Composition,
  EnhancementChoice,
  GenerationRequest,
  Mode,
  Overrides,
  Placement,
  PresetId,
  QualityId,
  Slots,
} from "../../api/types";

/** What a person has typed and chosen and not yet sent. */
export interface ComposerDraft {
  /** Words that stand in the prompt as they are written. */
  readonly text: string;
  /** What the picture shows, sorted by kind. Together with `text` it is the whole description. */
  readonly slots: Slots;
  /** `null`: the first of the person's models. */
  readonly model: string | null;
  readonly preset: PresetId;
  /** Explicit values, without the seed. */
  readonly overrides: Readonly<Omit<Overrides, "seed">>;
  readonly pictures: number;
  readonly placement: Placement;
  readonly quality: QualityId;
  /** LoRAs that act beside the person's own. */
  readonly enhancements: readonly EnhancementChoice[];
  /** Drawn before the preview, so that the preview shows what is sent. */
  readonly seed: number;
  /** Keep the seed for the next request. */
  readonly seedLocked: boolean;
  /** Which prompts a text with choices, `{a|b}`, makes. */
  readonly mode: Mode;
  /** How many prompts are drawn at random. */
  readonly draws: number;
  /** With Maya: the field's words that she has not taken in yet. */
  readonly said: string;
  /** With Maya: the number of the picture, from 1, whose seed is kept. */
  readonly like: number | null;
  /** Earlier states for undo, the latest last. */
  readonly past: readonly Composition[];
}

/** The parameters that can be overridden, the seed apart. */
export const overrideNames = [
  "guidance",
  "steps",
  "lora_scale",
  "aspect_ratio",
  "megapixels",
  "output_format",
  "output_quality",
  "go_fast",
] as const satisfies readonly Exclude<keyof Overrides, "seed">[];

export const freshDraft = (seed: number): ComposerDraft => ({
  text: "",
  slots: {},
  model: null,
  preset: "likeness",
  overrides: {},
  pictures: 1,
  placement: "beginning_and_middle",
  quality: "reference",
  enhancements: [],
  seed,
  seedLocked: false,
  mode: "all",
  draws: 4,
  said: "",
  like: null,
  past: [],
});

/** The first eight words, as a title. */
export const titleOf = (text: string): string => {
  const words = text.trim().split(/\s+/);
  return words.slice(0, 8).join(" ") + (words.length > 8 ? "…" : "");
};

/** A composition with every field but slots and enhancements required. */
export type FullComposition = Required<Omit<Composition, "slots" | "enhancements">> &
  Pick<Composition, "slots" | "enhancements">;

/** The composition that both the preview and the request are made from. */
export function compositionOf(draft: ComposerDraft): FullComposition {
  return {
    text: draft.text,
    ...(Object.keys(draft.slots).length > 0 && { slots: draft.slots }),
    preset: draft.preset,
    overrides: { ...draft.overrides, seed: draft.seed },
    pictures: draft.pictures,
    placement: draft.placement,
    quality: draft.quality,
    ...(draft.enhancements.length > 0 && { enhancements: [...draft.enhancements] }),
  };
}

export const requestOf = (draft: ComposerDraft, model: string): GenerationRequest => ({
  model,
  ...compositionOf(draft),
});

/** Neither words nor slots are filled in. */
export const isBlank = ({ text, slots }: ComposerDraft): boolean =>
  text.trim() === "" && Object.keys(slots).length === 0;

/** The draft that sends `request` again. Its seed is locked; `seed` is used when the request has none. */
export function draftOf(request: GenerationRequest, seed: number): ComposerDraft {
  const { seed: used, ...overrides } = request.overrides;
  return {
    ...freshDraft(seed),
    text: request.text,
    slots: request.slots ?? {},
    model: request.model,
    preset: request.preset,
    overrides,
    pictures: request.pictures,
    placement: request.placement,
    quality: request.quality,
    enhancements: request.enhancements ?? [],
    seed: used ?? seed,
    seedLocked: used !== undefined,
  };
}

/** The draft after it was sent: the words move to the conversation, the settings stay. */
export const afterSending = (draft: ComposerDraft, seed: number): ComposerDraft => cleared(nextTake(draft, seed));

/** The draft after it was sent with Maya: everything stays to be talked about, with a new seed unless it is locked. */
export const nextTake = (draft: ComposerDraft, seed: number): ComposerDraft => ({
  ...draft,
  seed: draft.seedLocked ? draft.seed : seed,
});

/** The draft without a description; the settings stay. */
export const cleared = (draft: ComposerDraft): ComposerDraft => ({
  ...draft,
  text: "",
  slots: {},
  said: "",
  like: null,
  past: [],
});

/** The same request with another seed. */
export const anotherTake = (request: GenerationRequest, seed: number): GenerationRequest => ({
  ...request,
  overrides: { ...request.overrides, seed },
});

/** Sets one explicit value; `undefined` removes it. */
export function withOverride<K extends keyof ComposerDraft["overrides"]>(
  draft: ComposerDraft,
  name: K,
  value: ComposerDraft["overrides"][K] | undefined,
): ComposerDraft {
  const overrides = { ...draft.overrides };
  if (value === undefined) delete overrides[name];
  else overrides[name] = value;
  return { ...draft, overrides };
}
