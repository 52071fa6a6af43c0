// What was said in the open conversation: as the studio has it, and what is on its way there.
import { signal } from "@preact/signals";
import { addTurn, getGeneration } from "../../api/endpoints";
import type { ApiError } from "../../api/error";
import type { NewTurn, Turn } from "../../api/types";
import { titleOf } from "../draft/composer-draft";
import { place } from "../draft/shared-draft";
import { me, staying } from "../session";
import { storeAt, talkKey } from "../storage";
import { begun } from "./open";
import { type Exchange, unstored, withStored, withTurns } from "./talk-log";
import { Unsent, type UnsentTurn } from "./unsent";

/** Oldest first. */
export const log = signal<readonly Exchange[]>([]);

/** Why the studio does not have all of it yet. */
export const waitingError = signal<ApiError | null>(null);
/** Why the studio did not take what was said last. */
export const refusal = signal<ApiError | null>(null);

/** Milliseconds after which turns are sent again. */
const RETRY = 10_000;

const unsent = new Unsent(
  storeAt(() => talkKey(me()?.id ?? "")),
  { send, refused },
);

/** Adds a turn to the open conversation. */
export function add(turn: NewTurn): void {
  const key = crypto.randomUUID();
  unsent.add({ key, session: place.peek().session, turn });
  log.value = [...log.peek(), unstored(key, turn)];
  refusal.value = null;
  void sendTurns();
}

/** Shows the turns of another conversation, of which the studio's are still to be taken. */
export function showLog(): void {
  const { session } = place.peek();
  const waiting = unsent.turns.filter((one) => one.session === session && (session !== null || !one.turn.generation));
  log.value = waiting.map(({ key, turn }) => unstored(key, turn));
}

/** What was said before the open conversation was found belongs to it. */
export function takeEarlyWords(session: string): void {
  unsent.begun(session);
  showLog();
}

/** Takes turns from the studio. */
export function takeTurns(turns: readonly Turn[]): void {
  log.value = withTurns(log.peek(), turns);
}

let stopRetrying = () => {};

/** Sends what is on its way. What cannot be sent now is sent later. */
export async function sendTurns(): Promise<ApiError | null> {
  stopRetrying();
  const error = await unsent.flush();
  waitingError.value = error;
  if (error !== null && staying.peek()) {
    const timer = setTimeout(() => void sendTurns(), RETRY);
    stopRetrying = () => clearTimeout(timer);
  }
  return error;
}

/** Forgets the conversation, at sign-out. */
export function resetLog(): void {
  stopRetrying();
  log.value = [];
  waitingError.value = null;
  refusal.value = null;
}

async function send({ key, session, turn }: UnsentTurn): Promise<void> {
  const id = session ?? (await sessionOf(turn));
  const stored = await addTurn(id, turn, key);
  if (place.peek().session === id) log.value = withStored(log.peek(), key, stored);
}

/** The conversation of a turn that was said before it began. */
async function sessionOf({ said, generation }: NewTurn): Promise<string> {
  // An older page kept its turns in the browser, with the generations that they led to.
  const { session } = generation ? await getGeneration(generation) : { session: null };
  if (session !== null) return session;
  const id = await begun(titleOf(said));
  unsent.begun(id);
  return id;
}

/** The turn stays on this page until it is closed. One whose generation is deleted was deleted with it. */
function refused({ key }: UnsentTurn, error: ApiError): void {
  if (error.code === "not_found") log.value = log.peek().filter((exchange) => exchange.key !== key);
  else refusal.value = error;
}
