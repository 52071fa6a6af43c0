// The one batch of this page, followed until its pictures are there.
import { computed, effect, signal } from "@preact/signals";
import { createGeneration } from "../../api/endpoints";
import type { GenerationRequest } from "../../api/types";
import { quiet, takeGeneration, timeline } from "../history/history";
import { isFinal } from "../history/timeline";
import { refreshMe } from "../session";
import { announce } from "../status-line";
import { batchKey, storeAt } from "../storage";
import { Batches, type BatchState } from "./batch";

/** The batch that is being sent, that stopped, or whose pictures are being made; null: none. */
export const batch = signal<BatchState | null>(null);

/** Whether a new batch can begin: an unfinished one is sent or dropped first. */
export const canSendAll = computed(() => batch.value === null || batch.value.state === "sent");

/** How far the batch is, in requests. */
export interface BatchProgress {
  readonly total: number;
  readonly sent: number;
  /** Ended, with or without pictures. */
  readonly ended: number;
  /** Ended without pictures. */
  readonly failed: number;
}

export const batchProgress = computed<BatchProgress | null>(() => {
  if (batch.value === null) return null;
  const { sent, waiting } = batch.value.batch;
  const mine = new Set(sent);
  const ended = timeline.value.generations.filter((generation) => mine.has(generation.id) && isFinal(generation));
  const failed = ended.filter(({ status }) => status !== "succeeded").length;
  return { total: sent.length + waiting.length, sent: sent.length, ended: ended.length, failed };
});

let user = "";
const batches = new Batches({
  now: Date.now,
  newKey: () => crypto.randomUUID(),
  send: createGeneration,
  accepted(generation) {
    quiet.add(generation.id);
    takeGeneration(generation);
  },
  changed(state) {
    const before = batch.peek();
    batch.value = state;
    if (state !== null && state.state !== before?.state) {
      const sentence = sentenceFor(state);
      if (sentence !== null) announce(sentence);
      if (state.state !== "sending") void refreshMe();
    }
  },
  store: storeAt(() => batchKey(user)),
});

/**
 * Sends up to `MAX_BATCH` requests, one after another, and stops at the first that is refused. `batch` and
 * `batchProgress` follow it. False: another batch is unfinished.
 */
export const sendAll = (title: string, requests: readonly GenerationRequest[]): Promise<boolean> =>
  batches.start(
    title,
    requests.map((request) => JSON.stringify(request)),
  );

export const resumeBatch = (): Promise<void> => batches.resume();
export const stopBatch = (): void => batches.stop();
/** Forgets the batch and what was not sent. */
export const dropBatch = (): void => batches.drop();

/** Restores the batch that this user left unfinished. Returns how to leave it, for sign-out. */
export function keepBatch(id: string): () => void {
  user = id;
  batches.restore();
  const stopAnnouncing = effect(() => {
    const progress = batchProgress.value;
    if (batch.value?.state === "sent" && progress !== null && progress.ended === progress.total)
      announce(endSentence(progress));
  });
  return () => {
    stopAnnouncing();
    batches.leave();
  };
}

function sentenceFor({ state, batch: { sent, waiting } }: BatchState): string | null {
  const total = sent.length + waiting.length;
  switch (state) {
    case "sending":
      return `Sending ${total}.`;
    case "stopped":
      return `Stopped: ${sent.length} of ${total} sent.`;
    case "sent":
      return `All ${total} are on their way.`;
  }
}

const endSentence = ({ total, failed }: BatchProgress): string =>
  failed === 0 ? `All ${total} are made.` : `${total - failed} of ${total} are made.`;
