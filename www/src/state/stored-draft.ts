import { type Draft, freshDraft } from "./request";

/** Reads a stored draft; what an older page wrote or a hand changed falls back to a fresh value, piece by piece. */
export function parseDraft(text: string | null, seed: number): Draft {
  const fresh = freshDraft(seed);
  let stored: unknown = null;
  try {
    stored = text === null ? null : JSON.parse(text);
  } catch {
    return fresh;
  }
  if (typeof stored !== "object" || stored === null) return fresh;
  const draft: Record<string, unknown> = { ...fresh };
  for (const [name, initial] of Object.entries(fresh)) {
    const value = (stored as Record<string, unknown>)[name];
    if (name === "model" ? typeof value === "string" : typeof value === typeof initial && value !== null) draft[name] = value;
  }
  return draft as unknown as Draft;
}
