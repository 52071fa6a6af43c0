// Words with choices in them, `{red|blue}` or `__lighting__`: how many prompts they make, and which.
import { computed, untracked } from "@preact/signals";
import type { Variant, VariantError, VariantRequest, Variants } from "../api/types";
import { MAX_BATCH } from "../state/batch";
import type { Draft } from "../state/request";
import { type Module, tools } from "./engine";
import { intended } from "./intended";

export type Variety =
  /** The words are one prompt, as they stand. */
  | { readonly state: "single" }
  /** Whether there are choices in the words cannot be told yet. */
  | { readonly state: "unknown" }
  | { readonly state: "faulty"; readonly error: VariantError }
  | {
      readonly state: "many";
      /** Prompts that will be sent. */
      readonly prompts: number;
      /** Prompts there are altogether; `exact`: not fewer. */
      readonly all: number;
      readonly exact: boolean;
      /** Why they cannot be sent as they are. */
      readonly problem: string | null;
    };

/** Without one of these marks no text has choices in it, and nothing needs to be asked. */
const marks = /[{\\]|__/;

export const variety = computed<Variety>(() => {
  const asked = intended.value;
  if (!marks.test(asked.text)) return { state: "single" };
  if (tools.value.state !== "ready") return { state: "unknown" };
  try {
    return varietyOf(tools.value.module, asked);
  } catch (thrown) {
    return { state: "faulty", error: toError(thrown, asked.text) };
  }
});

function varietyOf(module: Module, asked: Draft): Variety {
  const { count, exact } = module.countVariants(requestOf(asked));
  if (count === 1 && firstOf(module, asked) === asked.text) return { state: "single" };
  const prompts = asked.mode === "random" ? Math.min(asked.draws, count) : count;
  return { state: "many", prompts, all: count, exact, problem: problemOf(prompts, exact, asked.pictures) };
}

function problemOf(prompts: number, exact: boolean, pictures: number): string | null {
  if (prompts * pictures <= MAX_BATCH) return null;
  const made = pictures === 1 ? `${prompts}` : `${prompts} times ${pictures}`;
  return `That is ${exact ? "" : "up to "}${made} pictures, and ${MAX_BATCH} can be sent at once. Draw a few at random, or take out a choice.`;
}

const requestOf = ({ text, mode, seed }: Draft): VariantRequest => ({
  template: text,
  mode,
  ...(mode === "random" && { seed }),
});

const firstOf = (module: Module, asked: Draft): string => expand(module, asked, 1).variants[0]?.text ?? asked.text;

const expand = (module: Module, asked: Draft, limit: number): Variants =>
  module.expandVariants({ ...requestOf(asked), limit });

/** The draft with the first prompt that its words make. */
export const first = computed<Draft>(() => {
  const asked = intended.value;
  if (variety.value.state !== "many" || tools.value.state !== "ready") return asked;
  return { ...asked, text: firstOf(tools.value.module, asked) };
});

/** Every prompt that the choices make; none where there are no choices. */
export function variants(): readonly Variant[] {
  const known = variety.value;
  if (known.state !== "many" || known.problem !== null || tools.value.state !== "ready") return [];
  return expand(tools.value.module, intended.value, known.prompts).variants;
}

/** Every draft that will be sent: one for each prompt. */
export function drafts(): Draft[] {
  const asked = intended.peek();
  const made = untracked(variants);
  return made.length === 0 ? [asked] : made.map(({ text }) => ({ ...asked, text }));
}

/** A refusal of the request as a whole has no place in the words. */
function toError(thrown: unknown, text: string): VariantError {
  if (typeof thrown === "object" && thrown !== null && "start" in thrown) return thrown as VariantError;
  const message =
    thrown instanceof Error || typeof thrown !== "object" ? null : (thrown as { message?: string } | null)?.message;
  if (message === null || message === undefined) console.error(thrown);
  return {
    code: "template_too_long",
    field: "template",
    message: message ?? "These choices could not be read.",
    start: 0,
    end: text.length,
  };
}
