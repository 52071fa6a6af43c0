import { signal } from "@preact/signals";

/** The page's one status line. */
export const announcement = signal("");

export function announce(sentence: string): void {
  announcement.value = sentence;
}
