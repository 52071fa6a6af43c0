import { computed, signal } from "@preact/signals";
import { closeSession, deleteMe, getMe, openSession } from "../api/endpoints";
import { type ApiError, toApiError } from "../api/error";
import { dropRequests, onSessionRefused } from "../api/http";
import type { Allowance, Me } from "../api/types";
import { forgetUser, MAYA_KEY, readStored, writeStored } from "./storage";

export type Session =
  | { readonly state: "loading" }
  /** `error` is the studio's reason, when it is worth reading. */
  | { readonly state: "signed_out"; readonly error: ApiError | null }
  /** `leaving`: the person is signing out, and nothing else is asked of the studio. */
  | { readonly state: "signed_in"; readonly me: Me; readonly leaving?: true }
  | { readonly state: "unreachable"; readonly error: ApiError };

export const session = signal<Session>({ state: "loading" });

export const me = (): Me | null => (session.value.state === "signed_in" ? session.value.me : null);

/** Somebody is signed in and stays. */
export const staying = computed(() => session.value.state === "signed_in" && session.value.leaving !== true);

onSessionRefused((error) => {
  // Until the first response the page has shown nobody as signed in, so "your session has ended" would be puzzling.
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

/** Reads the allowance again. A failure keeps the one that is shown. */
export async function refreshMe(): Promise<void> {
  const fresh = await getMe().catch(() => null);
  if (fresh !== null && staying.peek()) session.value = { state: "signed_in", me: fresh };
}

export async function signIn(token: string): Promise<Me> {
  await openSession({ token });
  const signedIn = await getMe();
  session.value = { state: "signed_in", me: signedIn };
  return signedIn;
}

/** Ends the session and removes what this browser stored for the user: others may use the computer. */
export async function signOut(): Promise<void> {
  await leave(() =>
    closeSession().catch((thrown: unknown) => {
      // A refusal means that the session had already ended.
      if (session.peek().state !== "signed_out") throw thrown;
    }),
  );
}

/** Deletes the account for good, and with it the session. Returns the id of the receipt; null if nobody is signed in. */
export async function deleteAccount(providerVersions: boolean): Promise<string | null> {
  const user = me();
  if (user === null) return null;
  const deletion = await leave(() => deleteMe({ confirm: user.id, provider_versions: providerVersions }));
  return deletion?.id ?? null;
}

/** Ends the session by `end`. Until it fails nothing else is asked of the studio, which would refuse it. */
async function leave<Answer>(end: () => Promise<Answer>): Promise<Answer | null> {
  const known = session.peek();
  if (known.state !== "signed_in") return null;
  session.value = { ...known, leaving: true };
  dropRequests();
  const preference = readStored(MAYA_KEY);
  let answer: Answer;
  try {
    answer = await end();
  } catch (thrown) {
    if (session.peek().state === "signed_in") session.value = { state: "signed_in", me: known.me };
    throw thrown;
  }
  // The studio's answer makes the browser forget all that it keeps, and the preference says nothing about the user.
  writeStored(MAYA_KEY, preference);
  forgetUser(known.me.id);
  session.value = { state: "signed_out", error: null };
  return answer;
}

/** The pictures that can still be asked for; null: no limit. */
export function picturesLeft({ granted, used, reserved }: Allowance): number | null {
  return granted === null ? null : Math.max(0, granted - used - reserved);
}

/** The pictures left, when they are fewer than the `asked` ones; null: the allowance covers them. */
export function tooFewFor(asked: number, allowance: Allowance): number | null {
  const left = picturesLeft(allowance);
  return left === null || left >= asked ? null : left;
}
