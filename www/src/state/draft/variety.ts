// Choices in the words, `{red|blue}` or `__lighting__`: how many prompts they make, and which.
import { computed, untracked } from "@preact/signals";
import type { Variant, VariantError, VariantRequest, Variants } from "../../api/types";
import { type FullModule, fullModule } from "../../engine/modules";
import { isRefusal } from "../../engine/refusal";
import type { ComposerDraft } from "./composer-draft";
import { intended } from "./intended";

/** The most prompts that one text makes, and the most pictures that are asked for with it. */
export const MAX_VARIANTS = 24;

export type Variety =
  /** The words are one prompt, as they stand. */
  | { readonly state: "single" }
  /** The module that reads choices has not loaded. */
  | { readonly state: "unknown" }
  | { readonly state: "faulty"; readonly error: VariantError }
  | {
      readonly state: "many";
      /** Prompts that will be sent. */
      readonly prompts: number;
      /** Prompts that the choices make altogether; an upper bound unless `exact`. */
      readonly all: number;
      readonly exact: boolean;
      /** A sentence for the person when so many pictures cannot be asked for at once. */
      readonly tooMany: string | null;
    };

/** A text without any of these marks has no choices, and the module need not be asked. */
const choiceMarks = /[{\\]|__/;

export const variety = computed<Variety>(() => {
  const asked = intended.value;
  if (!choiceMarks.test(asked.text)) return { state: "single" };
  if (fullModule.value.state !== "ready") return { state: "unknown" };
  try {
    return varietyOf(fullModule.value.module, asked);
  } catch (thrown) {
    return { state: "faulty", error: toVariantError(thrown, asked.text) };
  }
});

function varietyOf(module: FullModule, asked: ComposerDraft): Variety {
  const { count, exact } = module.countVariants(variantRequestOf(asked));
  if (count === 1 && firstText(module, asked) === asked.text) return { state: "single" };
  const prompts = asked.mode === "random" ? Math.min(asked.draws, count) : count;
  return { state: "many", prompts, all: count, exact, tooMany: tooManyFor(prompts, exact, asked.pictures) };
}

function tooManyFor(prompts: number, exact: boolean, pictures: number): string | null {
  if (prompts * pictures <= MAX_VARIANTS) return null;
  const made = pictures === 1 ? `${prompts}` : `${prompts} times ${pictures}`;
  return `That is ${exact ? "" : "up to "}${made} pictures, and ${MAX_VARIANTS} can be sent at once. Draw a few at random, or take out a choice.`;
}

const variantRequestOf = ({ text, mode, seed }: ComposerDraft): VariantRequest => ({
  template: text,
  mode,
  ...(mode === "random" && { seed }),
});

const firstText = (module: FullModule, asked: ComposerDraft): string =>
  expand(module, asked, 1).variants[0]?.text ?? asked.text;

const expand = (module: FullModule, asked: ComposerDraft, limit: number): Variants =>
  module.expandVariants({ ...variantRequestOf(asked), limit });

/** The draft that the preview shows: with the first of the prompts. */
export const firstDraft = computed<ComposerDraft>(() => {
  const asked = intended.value;
  if (variety.value.state !== "many" || fullModule.value.state !== "ready") return asked;
  return { ...asked, text: firstText(fullModule.value.module, asked) };
});

/** Every prompt that the choices make; empty when there are no choices or too many. */
export function variants(): readonly Variant[] {
  const known = variety.value;
  if (known.state !== "many" || known.tooMany !== null || fullModule.value.state !== "ready") return [];
  return expand(fullModule.value.module, intended.value, known.prompts).variants;
}

/** The drafts that Generate sends, one for each prompt. */
export function drafts(): ComposerDraft[] {
  const asked = intended.peek();
  const made = untracked(variants);
  return made.length === 0 ? [asked] : made.map(({ text }) => ({ ...asked, text }));
}

/** What the module threw, as an error in the text. A refusal that names no range is about the whole text. */
function toVariantError(thrown: unknown, text: string): VariantError {
  const whole = { code: "template_too_long", field: "template", start: 0, end: text.length } as const;
  if (isRefusal(thrown))
    return "start" in thrown ? (thrown as unknown as VariantError) : { ...whole, message: thrown.message };
  console.error(thrown);
  return { ...whole, message: "These choices could not be read." };
}
