// What the status line says about generations, seldom enough to be listened to.
import type { Generation, GenerationStatus } from "../api/types";

export const phaseWords: Record<GenerationStatus, string> = {
  waiting: "Waiting",
  booting: "Booting",
  generating: "Generating",
  saving: "Saving",
  succeeded: "Done",
  failed: "Not made",
  canceled: "Canceled",
};

const quarter = (generation: Generation): number => Math.floor((generation.progress?.percent ?? 0) / 25) * 25;

/** The sentence for a change from `before` to `after`, or null when nobody needs to hear of it. */
export function sentenceFor(before: Generation | undefined, after: Generation): string | null {
  const sameStatus = before?.status === after.status;
  if (sameStatus && (after.status !== "generating" || quarter(after) === quarter(before))) return null;
  switch (after.status) {
    case "waiting":
      return "Waiting for the provider.";
    case "booting":
      return "Booting: the provider is starting your model.";
    case "generating":
      return after.progress === null || quarter(after) === 0
        ? "Generating."
        : `Generating, ${after.progress.percent} percent.`;
    case "saving":
      return "Saving.";
    case "succeeded":
      return after.pictures.length === 1 ? "Your picture is here." : `Your ${after.pictures.length} pictures are here.`;
    case "failed":
      return `No picture was made. ${after.failure?.message ?? ""}`.trim();
    case "canceled":
      return "Canceled.";
  }
}
