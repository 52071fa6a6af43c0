// Sign-ins by other browsers that the person has not been told of yet.
import { computed } from "@preact/signals";
import { dismissNotices, endSignIn } from "../../api/endpoints";
import { toApiError } from "../../api/error";
import type { AccessEntry } from "../../api/types";
import { session } from "../session";
import { announce } from "../status-line";

export const notices = computed<readonly AccessEntry[]>(() =>
  session.value.state === "signed_in" ? session.value.me.notices : [],
);

function setNotices(changed: readonly AccessEntry[]): void {
  const known = session.peek();
  if (known.state === "signed_in") session.value = { ...known, me: { ...known.me, notices: [...changed] } };
}

/** Adds a notice that an event brought. An account that was read meanwhile may have it already. */
export function takeNotice(entry: AccessEntry): void {
  const known = notices.peek();
  if (known.some(({ id }) => id === entry.id)) return;
  setNotices([entry, ...known]);
  announce("Somebody has just signed in to your studio with another browser.");
}

/** Marks every notice as seen: they were the person's own sign-ins. */
export async function acceptSignIns(): Promise<void> {
  await dismissNotices();
  setNotices([]);
}

/** Signs out the browser that a notice is about. One that was signed out before counts as signed out. */
export async function rejectSignIn({ id, session: ended }: AccessEntry): Promise<void> {
  if (ended !== null) {
    await endSignIn(ended).catch((thrown: unknown) => {
      if (toApiError(thrown).code !== "not_found") throw thrown;
    });
  }
  const left = notices.peek().filter((notice) => notice.id !== id);
  if (left.length === 0) await dismissNotices();
  setNotices(left);
  announce("That browser is signed out.");
}
