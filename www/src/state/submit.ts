// Sending a request: from the composer, again after a failure, or as another take.
import { computed, signal } from "@preact/signals";
import { createGeneration } from "../api/endpoints";
import { type ApiError, toApiError } from "../api/error";
import type { Generation, GenerationRequest } from "../api/types";
import { intended, turn } from "../preview/intended";
import { drafts } from "../preview/variety";
import { Attempts } from "./attempt";
import { draft } from "./draft";
import { takeGeneration } from "./history";
import { maya } from "./maya";
import { chosenModel } from "./models";
import { afterSending, anotherTake, type Draft, nextTake, requestOf, titleOf } from "./request";
import { drawSeed } from "./seed";
import { batch, dropBatch, sendAll } from "./send-all";
import { me, refreshMe } from "./session";
import { attemptKey, readStored, writeStored } from "./storage";
import { remember, settle } from "./talk";

export const sending = signal(false);

/** Why the studio refused, and the draft it refused: any change to the draft makes it moot. */
const refusal = signal<{ error: ApiError; draft: Draft } | null>(null);
export const refused = computed(() => (refusal.value?.draft === draft.value ? refusal.value.error : null));

const newKey = () => crypto.randomUUID();
const ownAttemptKey = () => attemptKey(me()?.id ?? "");
const attempts = new Attempts(
  { read: () => readStored(ownAttemptKey()), write: (text) => writeStored(ownAttemptKey(), text) },
  newKey,
  createGeneration,
);

/** Sends what stands in the composer: one request for each prompt that its words make. */
export async function generate(): Promise<void> {
  const model = chosenModel.peek();
  if (sending.peek() || model === null) return;
  const sent = draft.peek();
  const asked = intended.peek();
  const answer = turn.peek();
  const requests = drafts().map((one) => requestOf(one, model.id));
  sending.value = true;
  refusal.value = null;
  try {
    const first =
      requests.length > 1 ? await sendMany(asked, requests) : accept(await attempts.send(JSON.stringify(requests[0])));
    const now = draft.peek();
    // Words typed while the request was on its way stay.
    if (maya.peek()) {
      if (sent.said.trim() !== "") remember(sent.said, answer);
      if (first !== null) settle(first);
      draft.value = { ...nextTake(asked, drawSeed()), said: now.said === sent.said ? "" : now.said };
    } else {
      const next = afterSending(now, drawSeed());
      draft.value = now.text === sent.text ? next : { ...next, text: now.text };
    }
  } catch (thrown) {
    refusal.value = { error: toApiError(thrown), draft: draft.peek() };
  } finally {
    sending.value = false;
  }
}

/** Sends a batch and gives its first generation. What stops it later is the batch's own matter; what stops it before it began is the draft's. */
async function sendMany(sent: Draft, requests: readonly GenerationRequest[]): Promise<string | null> {
  await sendAll(titleOf(sent.text), requests);
  const state = batch.peek();
  if (state?.state !== "stopped" || state.batch.sent.length > 0 || state.error === null || state.error.outcomeUnknown)
    return state?.batch.sent[0] ?? null;
  dropBatch();
  throw state.error;
}

/** Sends an earlier request once more, as a new one. */
export async function retry(request: GenerationRequest): Promise<void> {
  accept(await createGeneration(JSON.stringify(request), newKey()));
}

/** Sends an earlier request with another seed. */
export const takeAnother = (request: GenerationRequest): Promise<void> => retry(anotherTake(request, drawSeed()));

function accept(generation: Generation): string {
  takeGeneration(generation);
  void refreshMe();
  return generation.id;
}
