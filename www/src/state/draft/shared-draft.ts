// The composer's draft as the open conversation's: the studio has it too, and other pages and devices follow it.
import { signal } from "@preact/signals";
import { changeConversation, getConversation } from "../../api/endpoints";
import type { Draft } from "../../api/types";
import { placeKey, readStored, writeStored } from "../storage";
import { draft } from "./composer";
import { type ComposerDraft, isBlank } from "./composer-draft";
import { withUndo } from "./direction";
import { type DraftContent, type DraftState, DraftSync, parseDraftState } from "./draft-sync";
import { drawSeed } from "./seed";
import { parseDraft } from "./stored-draft";

const nowhere: DraftState = { session: null, base: 0, changed: false };

/** Which conversation is open, and where its draft stands. */
export const place = signal<DraftState>(nowhere);

/** The draft that was written elsewhere while this page's was changed, too: the person has to choose. */
export const otherDraft = signal<Draft | null>(null);

let sync = syncFrom(nowhere);
/** The draft as the studio knows it; a draft that differs was changed by the person. */
let known: ComposerDraft | null = null;

/** Follows the draft, which has been read, and remembers where it stands. Returns how to stop, for sign-out. */
export function keepPlace(user: string): () => void {
  const key = placeKey(user);
  const stored = parseDraftState(readStored(key));
  // A draft that an older page left behind belongs to no conversation.
  moveTo(stored ?? { ...nowhere, changed: !isBlank(draft.peek()) });
  const stopRemembering = place.subscribe((state) => writeStored(key, JSON.stringify(state)));
  const stopFollowing = draft.subscribe((value) => {
    if (value !== known) sync.changed();
    known = value;
  });
  return () => {
    stopFollowing();
    stopRemembering();
    moveTo(nowhere);
  };
}

/** Makes the draft that of another conversation, or of one that has not begun. */
export function moveTo(state: DraftState): void {
  sync.stop();
  otherDraft.value = null;
  sync = syncFrom(state);
  place.value = state;
  known = draft.peek();
}

/** Replaces the draft without a change by the person. */
export function show(value: ComposerDraft): void {
  known = value;
  draft.value = value;
}

/** The conversation of the draft has begun. */
export const draftBegun = (session: string): void => sync.begun(session);
/** The studio's draft has become this version. */
export const draftMoved = (version: number): Promise<void> => sync.moved(version);
export const takeDraft = (theirs: Draft | null): Promise<void> => sync.take(theirs);
/** Saves at once what is not saved yet. Returns what prevents it. */
export const saveDraft = () => sync.save();
export const chooseDraft = (which: "mine" | "theirs"): void => sync.choose(which);

function syncFrom(state: DraftState): DraftSync {
  return new DraftSync(state, {
    read: () => contentOf(draft.peek()),
    adopt: (content) => {
      const theirs = parseDraft(JSON.stringify(content), drawSeed());
      const now = draft.peek();
      // Undo brings back what stood here.
      show({ ...theirs, past: isBlank(now) ? [] : withUndo(now, {}).past });
    },
    load: async (session) => (await getConversation(session, null)).draft,
    save: async (session, base, content) =>
      (await changeConversation(session, { draft: { base, content } })).draft_version,
    later(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    remember(state) {
      place.value = state;
    },
    conflict(theirs) {
      otherDraft.value = theirs;
    },
  });
}

/** What the studio keeps of a draft. What can be undone stays with the page that did it. */
function contentOf({ past: _, ...content }: ComposerDraft): DraftContent {
  return content;
}
