// Which conversation is open, and everything that changes that: opening another one, and what other pages do.
import { computed, effect, signal, untracked } from "@preact/signals";
import { getConversation, getConversations, getGenerations } from "../../api/endpoints";
import { type ApiError, toApiError, undecided } from "../../api/error";
import type { Conversation, ConversationRecord } from "../../api/types";
import { draft } from "../draft/composer";
import { cleared, isBlank, titleOf } from "../draft/composer-draft";
import { draftMoved, moveTo, otherDraft, place, saveDraft, show, takeDraft } from "../draft/shared-draft";
import { takeListed, timeline } from "../history/history";
import { turnsOf } from "../history/timeline";
import { staying } from "../session";
import { announce } from "../status-line";
import { begun, conversation, found, opening } from "./open";
import { log, resetLog, sendTurns, showLog, takeEarlyWords, takeTurns } from "./said";
import { beginsAt } from "./talk-log";

/** The open conversation has loaded, or has not begun. */
export const ready = signal(false);
export const loading = signal(false);
export const loadError = signal<ApiError | null>(null);
/** Raised whenever one of the conversations has changed. */
export const conversationsEdition = signal(0);

/** The generations of the open conversation that have a turn, newest first. */
export const results = computed(() => {
  const { session } = place.value;
  const { generations, deleted } = timeline.value;
  return turnsOf({ deleted, generations: generations.filter((one) => session !== null && one.session === session) });
});

/** What is older than what has loaded. A cursor is null at the end. */
const older = signal<{ readonly turns: string | null; readonly results: string | null }>(nothing());
export const hasEarlier = computed(() => older.value.turns !== null || older.value.results !== null);

function nothing() {
  return { turns: null, results: null };
}

/** Raised whenever another conversation is opened, which outdates what is still on its way. */
let edition = 0;

/** Opens the conversation that this browser showed last, else the one that was last active. Returns how to stop. */
export function keepConversation(): () => void {
  showLog();
  const stop = effect(() => (staying.value ? untracked(() => void reopen()) : undefined));
  return () => {
    stop();
    edition += 1;
    older.value = nothing();
    ready.value = false;
    loadError.value = null;
    conversation.value = null;
    resetLog();
  };
}

/** Loads the open conversation, again if it has loaded. */
export function reopen(): Promise<void> {
  const done = loadOpen();
  // What is said meanwhile belongs to the conversation that is found.
  opening(done);
  return done;
}

async function loadOpen(): Promise<void> {
  edition += 1;
  const mine = edition;
  loading.value = true;
  loadError.value = null;
  try {
    if (place.peek().session === null) await findLatest();
    if (mine !== edition) return;
    const { session } = place.peek();
    if (session !== null) await load(session, mine);
    if (mine === edition) ready.value = true;
    void sendTurns();
  } catch (thrown) {
    if (mine === edition) loadError.value = toApiError(thrown);
  } finally {
    if (mine === edition) loading.value = false;
  }
}

/** In a browser that has shown none yet: the conversation that was last active. */
async function findLatest(): Promise<void> {
  if (ready.peek()) return;
  const { sessions } = await getConversations(null, null);
  const latest = sessions.reduce<Conversation | null>(
    (best, one) => (best === null || one.active_at > best.active_at ? one : best),
    null,
  );
  if (latest === null || place.peek().session !== null) return;
  moveTo({ ...place.peek(), session: latest.id, base: null });
  takeEarlyWords(latest.id);
}

async function load(session: string, mine: number): Promise<void> {
  const [record, page] = await Promise.all([recordOf(session), getGenerations(null, session)]);
  if (mine !== edition) return;
  if (record === null) {
    gone();
    return;
  }
  takeListed(page.generations);
  take(record);
  older.value = { turns: record.next_cursor, results: page.next_cursor };
  await takeDraft(record.draft);
}

/** The conversation; null if it was deleted. */
const recordOf = (session: string): Promise<ConversationRecord | null> =>
  getConversation(session, null).catch((thrown: unknown) => {
    if (toApiError(thrown).code === "not_found") return null;
    throw thrown;
  });

/** Looks for what is new in the open conversation, when no socket tells. */
export async function refresh(): Promise<void> {
  const { session } = place.peek();
  if (session === null || !ready.peek() || (await sendTurns()) !== null) return;
  const record = await recordOf(session).catch(() => undefined);
  if (record === undefined || place.peek().session !== session) return;
  if (record === null) gone();
  else {
    take(record);
    await takeDraft(record.draft);
  }
}

function take({ session, turns }: ConversationRecord): void {
  conversation.value = session;
  takeTurns(turns);
}

/** Loads what was said and made before what has loaded. */
export async function loadEarlier(): Promise<void> {
  const { session } = place.peek();
  if (loading.peek() || session === null) return;
  const mine = edition;
  loading.value = true;
  loadError.value = null;
  try {
    const { results: cursor } = older.peek();
    if (cursor !== null) {
      const page = await getGenerations(cursor, session);
      if (mine !== edition) return;
      takeListed(page.generations);
      older.value = { ...older.peek(), results: page.next_cursor };
    }
    // What was said goes back as far as what was made.
    const reached = () => older.peek().results !== null && (beginsAt(log.peek()) ?? "") <= (oldestResult() ?? "");
    while (older.peek().turns !== null && !reached()) {
      const record = await getConversation(session, older.peek().turns);
      if (mine !== edition) return;
      takeTurns(record.turns);
      older.value = { ...older.peek(), turns: record.next_cursor };
    }
  } catch (thrown) {
    if (mine === edition) loadError.value = toApiError(thrown);
  } finally {
    if (mine === edition) loading.value = false;
  }
}

const oldestResult = () => results.peek().at(-1)?.created_at;

/** Opens another conversation. Fails, and leaves the present one open, if what is unsaved in it cannot be saved. */
export async function openConversation(id: string): Promise<void> {
  if (id === place.peek().session) return;
  await leave();
  begin(id);
  await reopen();
}

/** Opens a conversation that begins with what is said next. The settings stay. */
export async function newConversation(): Promise<void> {
  await leave();
  begin(null);
  ready.value = true;
  announce("A new conversation.");
}

/** The open conversation is being left: what is written now would belong to none. */
export const leaving = signal(false);

/** Saves what the open conversation has on this page alone. */
async function leave(): Promise<void> {
  leaving.value = true;
  try {
    await saveAll();
  } finally {
    leaving.value = false;
  }
}

async function saveAll(): Promise<void> {
  const { text, said } = draft.peek();
  if (!isBlank(draft.peek()) || said.trim() !== "") await begun(titleOf(text || said));
  if (place.peek().session === null) return;
  await found();
  if (place.peek().base === null && loadError.peek() !== null) throw loadError.peek();
  let error = await sendTurns();
  while (error === null && place.peek().changed && place.peek().base !== null) {
    if (otherDraft.peek() !== null) throw undecided();
    error = await saveDraft();
  }
  if (error !== null) throw error;
}

function begin(session: string | null): void {
  edition += 1;
  ready.value = false;
  conversation.value = null;
  older.value = nothing();
  show(cleared(draft.peek()));
  moveTo({ session, base: session === null ? 0 : null, changed: false });
  showLog();
}

/** A conversation has changed here or elsewhere. */
export function takeConversation(session: Conversation): void {
  conversationsEdition.value += 1;
  const known = conversation.peek();
  if (session.id !== place.peek().session || (known !== null && known.revision >= session.revision)) return;
  conversation.value = session;
  void draftMoved(session.draft_version);
  if (known !== null && session.active_at > known.active_at) void loadNewest(session.id, session.active_at);
}

/** Loads the newest turns: something was said, or it led to something. */
async function loadNewest(session: string, activeAt: string): Promise<void> {
  // A turn that is on its way would be shown twice.
  await sendTurns();
  if ((log.peek().at(-1)?.stored?.at ?? "") >= activeAt) return;
  const record = await getConversation(session, null).catch(() => null);
  if (record !== null && place.peek().session === session) take(record);
}

/** A conversation was deleted here or elsewhere. */
export function dropConversation(id: string): void {
  conversationsEdition.value += 1;
  if (id === place.peek().session) gone();
}

/** The open conversation is gone. What is written stays, for a new one. */
function gone(): void {
  edition += 1;
  conversation.value = null;
  older.value = nothing();
  moveTo({ session: null, base: 0, changed: !isBlank(draft.peek()) });
  showLog();
  ready.value = true;
}
