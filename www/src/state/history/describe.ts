// A generation in words, for lists and for those who do not see its pictures.
import type { AspectRatio, Generation, Picture, Span } from "../../api/types";

/** The aspect ratio that was sent, for the frame that holds the picture's place. */
export function aspectOf(generation: Generation): AspectRatio {
  const sent = generation.effects.find(({ parameter }) => parameter === "aspect_ratio")?.value;
  return (sent ?? generation.request.overrides.aspect_ratio ?? "4:5") as AspectRatio;
}

/** What a generation was asked to show: its words, or what its slots became in the prompt. */
export function subjectOf({ request: { text, slots }, spans }: Pick<Generation, "request" | "spans">): string {
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
export function altText(generation: Generation, { index }: Picture): string {
  const subject = subjectOf(generation);
  const words = subject.length > 140 ? `${subject.slice(0, 139)}…` : subject;
  return generation.request.pictures === 1 ? `You: ${words}` : `You, picture ${index + 1}: ${words}`;
}
