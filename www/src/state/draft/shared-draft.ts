// The composer's draft as the open conversation's: the studio has it too, and other pages and devices follow it.
import { effect, signal } from "@preact/signals";
import { changeConversation, getConversation } from "../../api/endpoints";
import type { Draft } from "../../api/types";
import { draftKey, readStored, writeStored } from "../storage";
import { draft } from "./composer";
import { type ComposerDraft, isBlank } from "./composer-draft";
import { withUndo } from "./direction";
import { type DraftContent, type DraftState, DraftSync } from "./draft-sync";
import { drawSeed } from "./seed";
import { nowhere, parseKept, readDraft } from "./stored-draft";

/** Which conversation is open, and where its draft stands. */
export const place = signal<DraftState>(nowhere);

/** The draft that was written elsewhere while this page's was changed, too: the person has to choose. */
export const otherDraft = signal<Draft | null>(null);

let sync = syncFrom(nowhere);
/** The draft as the studio knows it; a draft that differs was changed by the person. */
let known: ComposerDraft | null = null;

/** Reads the draft that this user left behind, follows it, and stores every change. Returns how to stop, for sign-out. */
export function keepDraft(user: string): () => void {
  const key = draftKey(user);
  const kept = parseKept(readStored(key), drawSeed());
  show(kept.draft);
  moveTo(kept.state);
  const stopFollowing = draft.subscribe((value) => {
    if (value !== known) sync.changed();
    known = value;
  });
  // In one text, so that another window never leaves its draft with the place of this one.
  const stopStoring = effect(() => writeStored(key, JSON.stringify({ ...place.value, draft: draft.value })));
  return () => {
    stopStoring();
    stopFollowing();
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
      const theirs = readDraft(content, drawSeed());
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
