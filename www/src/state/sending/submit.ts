// Sending requests: from the composer, again after a failure, or as another take.
import { computed, signal } from "@preact/signals";
import { createGeneration } from "../../api/endpoints";
import { type ApiError, toApiError } from "../../api/error";
import type { Generation, GenerationRequest } from "../../api/types";
import { draft, maya } from "../draft/composer";
import {
  afterSending,
  anotherTake,
  type ComposerDraft,
  compositionOf,
  nextTake,
  requestOf,
  titleOf,
} from "../draft/composer-draft";
import { intended, turn } from "../draft/intended";
import { drawSeed } from "../draft/seed";
import { drafts } from "../draft/variety";
import { takeGeneration } from "../history/history";
import { chosenModel } from "../models";
import { startShoot } from "../series/series";
import { me, refreshMe } from "../session";
import { attemptKey, storeAt } from "../storage";
import { reopen } from "../talk/conversation";
import { begun } from "../talk/open";
import { sendTurns } from "../talk/said";
import { remember } from "../talk/talk";
import { Attempts } from "./attempt";

export const sending = signal(false);

/** The studio's refusal and the draft that it refused. */
const refusal = signal<{ error: ApiError; draft: ComposerDraft } | null>(null);
/** The studio's refusal, until the draft changes. */
export const refused = computed(() => (refusal.value?.draft === draft.value ? refusal.value.error : null));

const newKey = () => crypto.randomUUID();
const attempts = new Attempts(
  storeAt(() => attemptKey(me()?.id ?? "")),
  newKey,
  createGeneration,
);

/** Sends the composer's content: one request for each prompt that its words make. */
export async function generate(): Promise<void> {
  const model = chosenModel.peek();
  if (sending.peek() || model === null) return;
  const sent = draft.peek();
  const asked = intended.peek();
  const answer = turn.peek();
  const all = drafts();
  sending.value = true;
  refusal.value = null;
  try {
    const session = await begun(titleOf(sent.said || asked.text));
    // What was said before leads to this request. It is sent later if it cannot be sent now.
    await sendTurns();
    const first =
      all.length > 1
        ? await sendMany(model.id, asked, all)
        : await sendOne({ ...requestOf(all[0] ?? asked, model.id), session });
    const now = draft.peek();
    // Words that were typed while the request was being sent stay in the field.
    if (maya.peek()) {
      if (sent.said.trim() !== "") remember(sent.said, answer, "", first);
      draft.value = { ...nextTake(asked, drawSeed()), said: now.said === sent.said ? "" : now.said };
    } else {
      const next = afterSending(now, drawSeed());
      draft.value = now.text === sent.text ? next : { ...next, text: now.text };
    }
  } catch (thrown) {
    const error = toApiError(thrown);
    refusal.value = { error, draft: draft.peek() };
    // The conversation may have been deleted elsewhere.
    if (error.code === "not_found") void reopen();
  } finally {
    sending.value = false;
  }
}

const sendOne = async (request: GenerationRequest): Promise<string> =>
  accept(await attempts.send(JSON.stringify(request)));

/** Asks for a shoot of all the prompts that the words make, and returns its first generation. */
async function sendMany(model: string, asked: ComposerDraft, all: readonly ComposerDraft[]): Promise<string | null> {
  const shoot = await startShoot({
    model,
    title: titleOf(asked.text) || "Variants",
    compositions: all.map(compositionOf),
  });
  return shoot.frames[0]?.generation?.id ?? null;
}

/** Sends an earlier request once more, as a new one of the open conversation. */
export async function retry(request: GenerationRequest): Promise<void> {
  const session = await begun(titleOf(request.text));
  accept(await createGeneration(JSON.stringify({ ...request, session }), newKey()));
}

/** Sends an earlier request with another seed. */
export const takeAnother = (request: GenerationRequest): Promise<void> => retry(anotherTake(request, drawSeed()));

function accept(generation: Generation): string {
  takeGeneration(generation);
  void refreshMe();
  return generation.id;
}
