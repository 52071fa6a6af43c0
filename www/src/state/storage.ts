// localStorage, which may be full, switched off, or written by an older page.

/** The text under `key`, or null if it is missing or storage is switched off. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Writes the text under `key`; `null` removes it. Where storage fails, the text lasts as long as the page. */
export function writeStored(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    return;
  }
}

/** Storage for one text; tests provide their own. */
export interface TextStore {
  read(): string | null;
  write(text: string | null): void;
}

/** The store of the text under `key()`. The key may change with the user. */
export const storeAt = (key: () => string): TextStore => ({
  read: () => readStored(key()),
  write: (text) => writeStored(key(), text),
});

/** The value of a stored JSON text; null if it is missing or not valid JSON. */
export function parseStored(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** The draft, which conversation it belongs to, and where it stands. */
export const draftKey = (user: string): string => `selfsame.draft.${user}`;
export const attemptKey = (user: string): string => `selfsame.attempt.${user}`;
export const shootKey = (user: string): string => `selfsame.shoot.${user}`;
export const comparisonKey = (user: string): string => `selfsame.comparison.${user}`;
/** Turns that the studio does not have yet. */
export const talkKey = (user: string): string => `selfsame.talk.${user}`;
export const beginKey = (user: string): string => `selfsame.begin.${user}`;
/** Removes what this browser stores for the user. */
export function forgetUser(user: string): void {
  for (const key of [draftKey, attemptKey, shootKey, comparisonKey, talkKey, beginKey]) writeStored(key(user), null);
}

/** A preference of this browser. It stays at sign-out, because it says nothing about the user. */
export const MAYA_KEY = "selfsame.maya";
