import { signal } from "@preact/signals";
import { closeSession, getMe, openSession } from "../api/endpoints";
import { type ApiError, toApiError } from "../api/error";
import { onSessionRefused } from "../api/http";
import type { Me } from "../api/types";
import { attemptKey, batchKey, draftKey, talkKey, writeStored } from "./storage";

export type Session =
  | { readonly state: "loading" }
  /** `error`: why, when the studio gave a reason worth reading. */
  | { readonly state: "signed_out"; readonly error: ApiError | null }
  | { readonly state: "signed_in"; readonly me: Me }
  | { readonly state: "unreachable"; readonly error: ApiError };

export const session = signal<Session>({ state: "loading" });

export const me = (): Me | null => (session.value.state === "signed_in" ? session.value.me : null);

/** The session is being ended: that others are refused from now on is no news. */
let leaving = false;

onSessionRefused((error) => {
  if (leaving) return;
  // Nobody was signed in before the first answer: "your session ended" would be a strange greeting.
  const known = session.peek().state === "signed_in" || error.code === "suspended";
  session.value = { state: "signed_out", error: known ? error : null };
});

/** Asks who is signed in. */
export async function loadSession(): Promise<void> {
  try {
    session.value = { state: "signed_in", me: await getMe() };
  } catch (thrown) {
    const error = toApiError(thrown);
    if (session.peek().state !== "signed_out") session.value = { state: "unreachable", error };
  }
}

/** Reads the allowance anew; a failure leaves the one that is shown. */
export async function refreshMe(): Promise<void> {
  const fresh = await getMe().catch(() => null);
  if (fresh !== null && session.peek().state === "signed_in") session.value = { state: "signed_in", me: fresh };
}

export async function signIn(token: string): Promise<Me> {
  await openSession({ token });
  const signedIn = await getMe();
  session.value = { state: "signed_in", me: signedIn };
  return signedIn;
}

/** Ends the session, and takes the drafts of a computer that others may use. */
export async function signOut(): Promise<void> {
  const person = me();
  leaving = true;
  try {
    await closeSession();
  } finally {
    leaving = false;
  }
  if (person !== null) {
    for (const key of [draftKey, attemptKey, batchKey, talkKey]) writeStored(key(person.id), null);
  }
  session.value = { state: "signed_out", error: null };
}
