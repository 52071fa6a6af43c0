// From what stands in the composer to what is sent, and back.
import type { AspectRatio, Composition, Generation, GenerationRequest, Overrides, PresetId, Placement, QualityId } from "../api/types";

/** What a person has typed and chosen, not yet sent. */
export interface Draft {
  readonly text: string;
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
}

export const freshDraft = (seed: number): Draft => ({
  text: "",
  model: null,
  preset: "likeness",
  overrides: {},
  pictures: 1,
  placement: "beginning_and_middle",
  quality: "reference",
  seed,
  seedLocked: false,
});

/** The one source of both the preview and the request. */
export function compositionOf(draft: Draft): Required<Composition> {
  return {
    text: draft.text,
    preset: draft.preset,
    overrides: { ...draft.overrides, seed: draft.seed },
    pictures: draft.pictures,
    placement: draft.placement,
    quality: draft.quality,
  };
}

export const requestOf = (draft: Draft, model: string): GenerationRequest => ({ model, ...compositionOf(draft) });

/** The composer refilled with an earlier request; its seed is kept, so that the same request can be sent again. */
export function draftOf(request: GenerationRequest, seed: number): Draft {
  const { seed: used, ...overrides } = request.overrides;
  return {
    text: request.text,
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
export const afterSending = (draft: Draft, seed: number): Draft => ({ ...draft, text: "", seed: draft.seedLocked ? draft.seed : seed });

/** The same request with another seed. */
export const anotherTake = (request: GenerationRequest, seed: number): GenerationRequest => ({
  ...request,
  overrides: { ...request.overrides, seed },
});

/** Sets or, with `undefined`, clears one explicit value. */
export function withOverride<K extends keyof Draft["overrides"]>(draft: Draft, name: K, value: Draft["overrides"][K] | undefined): Draft {
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
