// Sending a request: from the composer, again after a failure, or as another take.
import { computed, signal } from "@preact/signals";
import { createGeneration } from "../api/endpoints";
import { type ApiError, toApiError } from "../api/error";
import type { Generation, GenerationRequest } from "../api/types";
import { drafts } from "../preview/variety";
import { Attempts } from "./attempt";
import { BatchStopped, Batches, stoppedWords } from "./batch";
import { draft } from "./draft";
import { takeGeneration } from "./history";
import { chosenModel } from "./models";
import { type Draft, afterSending, anotherTake, requestOf } from "./request";
import { drawSeed } from "./seed";
import { me, refreshMe } from "./session";
import { attemptKey, batchKey, readStored, writeStored } from "./storage";

/** What is being sent: the how-manieth request of how many. */
export const sending = signal<{ readonly number: number; readonly of: number } | null>(null);

/** Why the studio refused, and the draft it refused: any change to the draft makes it moot. */
const refusal = signal<{ error: ApiError; stopped: string | null; draft: Draft } | null>(null);
const standing = computed(() => (refusal.value?.draft === draft.value ? refusal.value : null));
export const refused = computed(() => standing.value?.error ?? null);
/** How far a batch came before it was refused. */
export const stopped = computed(() => standing.value?.stopped ?? null);

const newKey = () => crypto.randomUUID();
const stored = (key: (user: string) => string) => ({
  read: () => readStored(key(me()?.id ?? "")),
  write: (text: string | null) => writeStored(key(me()?.id ?? ""), text),
});
const attempts = new Attempts(stored(attemptKey), newKey, createGeneration);
const batches = new Batches(stored(batchKey));

/** Sends what stands in the composer: one request for each prompt that its words make. */
export async function generate(): Promise<void> {
  const model = chosenModel.peek();
  if (sending.peek() !== null || model === null) return;
  const sent = draft.peek();
  const bodies = drafts().map((one) => JSON.stringify(requestOf(one, model.id)));
  refusal.value = null;
  try {
    const one = async (body: string) => accept(await attempts.send(body));
    await batches.send(bodies, one, (index) => (sending.value = { number: index + 1, of: bodies.length }));
    const now = draft.peek();
    const next = afterSending(now, drawSeed());
    // Words typed while the request was on its way stay.
    draft.value = now.text === sent.text ? next : { ...next, text: now.text };
  } catch (thrown) {
    const stop = thrown instanceof BatchStopped ? thrown : new BatchStopped(0, 1, thrown);
    refusal.value = { error: toApiError(stop.cause), stopped: stop.of > 1 ? stoppedWords(stop) : null, draft: draft.peek() };
  } finally {
    sending.value = null;
  }
}

/** Sends an earlier request once more, as a new one. */
export async function retry(request: GenerationRequest): Promise<void> {
  accept(await createGeneration(JSON.stringify(request), newKey()));
}

/** Sends an earlier request with another seed. */
export const takeAnother = (request: GenerationRequest): Promise<void> => retry(anotherTake(request, drawSeed()));

function accept(generation: Generation): void {
  takeGeneration(generation);
  void refreshMe();
}
