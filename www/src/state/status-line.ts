// The page's one status line, which screen readers read out.
import { signal } from "@preact/signals";
import type { Listed } from "./history/timeline";

export const announcement = signal("");

export function announce(sentence: string): void {
  announcement.value = sentence;
}

/** The sentence for a change of a generation, or null for a change that is not worth hearing. */
export function sentenceFor(before: Listed | undefined, after: Listed): string | null {
  const sameStatus = before?.status === after.status;
  if (sameStatus && (after.status !== "generating" || quarter(after) === quarter(before))) return null;
  switch (after.status) {
    case "waiting":
      return after.queue_position === null ? "Waiting for the provider." : "Waiting for your other requests.";
    case "booting":
      return "The provider is starting your model.";
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

/** Progress is announced four times at most. */
const quarter = ({ progress }: Listed): number => Math.floor((progress?.percent ?? 0) / 25);
