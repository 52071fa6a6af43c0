// A generation in words, for lists and for those who do not see its pictures.
import type { AspectRatio, Generation, GenerationSummary, PictureSummary, Span } from "../../api/types";
import { isWhole, type Listed } from "./timeline";

/** The aspect ratio that was sent, for the frame that holds the picture's place. */
export function aspectOf(generation: Listed): AspectRatio {
  if (!isWhole(generation)) return generation.aspect_ratio ?? "4:5";
  const sent = generation.effects.find(({ parameter }) => parameter === "aspect_ratio")?.value;
  return (sent ?? generation.request.overrides.aspect_ratio ?? "4:5") as AspectRatio;
}

/** Whether only the beginning of the words is known. */
export const isCut = (generation: Words): boolean => !("spans" in generation) && generation.request.text_truncated;

type Words = Pick<Generation, "request" | "spans"> | Pick<GenerationSummary, "request">;

/** What a generation was asked to show, as far as it is known: its words, or what its slots became in the prompt. */
export function subjectOf(generation: Words): string {
  if (!("spans" in generation)) return isCut(generation) ? `${generation.request.text}…` : generation.request.text;
  const {
    request: { text, slots },
    spans,
  } = generation;
  return slots === undefined || Object.keys(slots).length === 0 ? text : personsWords(spans) || text;
}

/** The person's part of a prompt, without the separators around it. */
export function personsWords(spans: readonly Span[]): string {
  const own = spans.filter(({ source }) => source === "you" || source === "slots");
  return own
    .map(({ text }) => text.replace(/^[\s,;]+|[\s,;]+$/g, ""))
    .filter(Boolean)
    .join(", ");
}

/** A picture's alternative text. */
export function altText(generation: Listed, { index }: Pick<PictureSummary, "index">): string {
  const subject = subjectOf(generation);
  const words = subject.length > 140 ? `${subject.slice(0, 139)}…` : subject;
  return generation.request.pictures === 1 ? `You: ${words}` : `You, picture ${index + 1}: ${words}`;
}
