// localStorage, which may be full, switched off or written by an older page.

/** The text under `key`, or null when there is none or storage is switched off. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Writes, or with `null` removes, the text under `key`; without storage a draft simply lasts as long as the page. */
export function writeStored(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    return;
  }
}

export const draftKey = (user: string): string => `selfsame.draft.${user}`;
export const attemptKey = (user: string): string => `selfsame.attempt.${user}`;
export const batchKey = (user: string): string => `selfsame.batch.${user}`;
export const talkKey = (user: string): string => `selfsame.talk.${user}`;
/** How this browser's people like to work: it names nobody. */
export const MAYA_KEY = "selfsame.maya";
