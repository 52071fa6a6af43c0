// From what stands in the composer to what is sent, and back.
import type {
  AspectRatio,
  Composition,
  Generation,
  GenerationRequest,
  Mode,
  Overrides,
  Placement,
  PresetId,
  QualityId,
  Slots,
  Span,
} from "../api/types";

/** What a person has typed and chosen, not yet sent. */
export interface Draft {
  /** Words that stand in the prompt as they are written. */
  readonly text: string;
  /** What the picture shows, sorted by what it is: with `text`, the whole of it. */
  readonly slots: Slots;
  /** `null`: the first of the person's models. */
  readonly model: string | null;
  readonly preset: PresetId;
  /** Explicit values, the seed apart. */
  readonly overrides: Readonly<Omit<Overrides, "seed">>;
  readonly pictures: number;
  readonly placement: Placement;
  readonly quality: QualityId;
  /** Drawn before the preview, so that the preview is what is sent. */
  readonly seed: number;
  /** Keep the seed for the next request. */
  readonly seedLocked: boolean;
  /** Which prompts a text with choices in it, `{a|b}`, makes. */
  readonly mode: Mode;
  /** How many of them are drawn at random. */
  readonly draws: number;
  /** With Maya: what stands in the field, and is not taken in yet. */
  readonly said: string;
  /** With Maya: the picture, from 1, whose seed is kept. */
  readonly like: number | null;
  /** What the draft was before, the latest last. */
  readonly past: readonly Composition[];
}

export const freshDraft = (seed: number): Draft => ({
  text: "",
  slots: {},
  model: null,
  preset: "likeness",
  overrides: {},
  pictures: 1,
  placement: "beginning_and_middle",
  quality: "reference",
  seed,
  seedLocked: false,
  mode: "all",
  draws: 4,
  said: "",
  like: null,
  past: [],
});

/** Words as a title: the first few of them. */
export const titleOf = (text: string): string => {
  const words = text.trim().split(/\s+/);
  return words.slice(0, 8).join(" ") + (words.length > 8 ? "…" : "");
};

/** A composition with everything said. */
export type Asked = Required<Omit<Composition, "slots">> & Pick<Composition, "slots">;

/** The one source of both the preview and the request. */
export function compositionOf(draft: Draft): Asked {
  return {
    text: draft.text,
    ...(Object.keys(draft.slots).length > 0 && { slots: draft.slots }),
    preset: draft.preset,
    overrides: { ...draft.overrides, seed: draft.seed },
    pictures: draft.pictures,
    placement: draft.placement,
    quality: draft.quality,
  };
}

export const requestOf = (draft: Draft, model: string): GenerationRequest => ({ model, ...compositionOf(draft) });

/** Nothing is asked for yet. */
export const isBlank = ({ text, slots }: Draft): boolean => text.trim() === "" && Object.keys(slots).length === 0;

/** The composer refilled with an earlier request; its seed is kept, so that the same request can be sent again. */
export function draftOf(request: GenerationRequest, seed: number): Draft {
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
    seed: used ?? seed,
    seedLocked: used !== undefined,
  };
}

/** The draft after it was sent: the words are in the conversation now, the settings stay. */
export const afterSending = (draft: Draft, seed: number): Draft => ({
  ...draft,
  text: "",
  slots: {},
  like: null,
  past: [],
  seed: draft.seedLocked ? draft.seed : seed,
});

/** The draft after it was sent, to be talked about further: everything stays, the seed is new unless it is kept. */
export const nextTake = (draft: Draft, seed: number): Draft => ({
  ...draft,
  seed: draft.seedLocked ? draft.seed : seed,
});

/** The same request with another seed. */
export const anotherTake = (request: GenerationRequest, seed: number): GenerationRequest => ({
  ...request,
  overrides: { ...request.overrides, seed },
});

/** Sets or, with `undefined`, clears one explicit value. */
export function withOverride<K extends keyof Draft["overrides"]>(
  draft: Draft,
  name: K,
  value: Draft["overrides"][K] | undefined,
): Draft {
  const overrides = { ...draft.overrides };
  if (value === undefined) delete overrides[name];
  else overrides[name] = value;
  return { ...draft, overrides };
}

/** The aspect ratio a generation was made with: as sent, for the frame that holds its place. */
export function aspectOf(generation: Generation): AspectRatio {
  const sent = generation.effects.find(({ parameter }) => parameter === "aspect_ratio")?.value;
  return (sent ?? generation.request.overrides.aspect_ratio ?? "4:5") as AspectRatio;
}

/** What a generation was asked to show: its words, or what its slots became in the prompt. */
export function shownBy({ request: { text, slots }, spans }: Pick<Generation, "request" | "spans">): string {
  return slots === undefined || Object.keys(slots).length === 0 ? text : wordsOf(spans) || text;
}

/** The person's part of a prompt. */
export function wordsOf(spans: readonly Span[]): string {
  const own = spans.filter(({ source }) => source === "you" || source === "slots");
  return own
    .map(({ text }) => text.replace(/^[\s,;]+|[\s,;]+$/g, ""))
    .filter(Boolean)
    .join(", ");
}
