// The open conversation, and how it begins.
import { signal } from "@preact/signals";
import { beginConversation } from "../../api/endpoints";
import type { Conversation } from "../../api/types";
import { draftBegun, place } from "../draft/shared-draft";
import { Attempts } from "../sending/attempt";
import { me } from "../session";
import { beginKey, storeAt } from "../storage";

/** The open conversation; null before it begins, and until it has loaded. */
export const conversation = signal<Conversation | null>(null);

const attempts = new Attempts(
  storeAt(() => beginKey(me()?.id ?? "")),
  () => crypto.randomUUID(),
  beginConversation,
);
let beginning: Promise<string> | null = null;
let opened: Promise<void> = Promise.resolve();

/** Until `done`, which never fails, it is not known which conversation is open and what its draft is. */
export function opening(done: Promise<void>): void {
  opened = done;
}

/** Waits until the open conversation has loaded, or could not be loaded. */
export const found = (): Promise<void> => opened;

/** The title of a conversation that began without words. */
const UNTITLED = "Untitled";
/** The most characters of a title. */
const LONGEST_TITLE = 120;

/** The id of the open conversation, which begins with this title unless it has begun. */
export async function begun(title: string): Promise<string> {
  if (place.peek().session === null) await opened;
  const { session } = place.peek();
  if (session !== null) return session;
  beginning ??= begin(title).finally(() => {
    beginning = null;
  });
  return beginning;
}

async function begin(title: string): Promise<string> {
  const fits = [...title].slice(0, LONGEST_TITLE).join("").trim();
  const begun = await attempts.send(JSON.stringify({ title: fits || UNTITLED }));
  conversation.value = begun;
  draftBegun(begun.id);
  return begun.id;
}
