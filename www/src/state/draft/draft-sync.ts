// Keeps the draft the same in the studio and on this page. A draft is replaced as a whole, and only by a page that has
// seen the present one.
import { type ApiError, toApiError } from "../../api/error";
import type { Draft } from "../../api/types";

/** The draft's content, as JSON. */
export type DraftContent = Draft["content"];

/** Where the page's draft stands. It outlasts the page. */
export interface DraftState {
  /** The conversation that it belongs to; null: one that has not begun. */
  readonly session: string | null;
  /** The version in the studio that it was made from. 0: none; null: it is not known yet which one the studio has. */
  readonly base: number | null;
  /** Whether it has changes that the studio does not have. */
  readonly changed: boolean;
}

/** What a [`DraftSync`] needs; tests provide their own. */
export interface DraftPorts {
  read(): DraftContent;
  /** Makes the studio's draft the page's. */
  adopt(content: DraftContent): void;
  /** The studio's draft; null before the first. */
  load(session: string): Promise<Draft | null>;
  /** Replaces the studio's draft and returns its version; fails with `draft_conflict` if `base` is not the present one. */
  save(session: string, base: number, content: DraftContent): Promise<number>;
  later(milliseconds: number, run: () => void): () => void;
  remember(state: DraftState): void;
  /** The draft was changed here and elsewhere, and the person has to choose; null: there is nothing to choose. */
  conflict(theirs: Draft | null): void;
}

/** Milliseconds without a change after which the draft is saved. */
const PAUSE = 1_000;
/** Milliseconds after which a failed save is repeated. */
const RETRY = 10_000;

export class DraftSync {
  #ports: DraftPorts;
  #state: DraftState;
  #theirs: Draft | null = null;
  /** The highest version that the studio has told of. */
  #seen = 0;
  /** What was sent and may have been saved, although no answer came. */
  #unanswered: DraftContent | null = null;
  #stopWaiting: () => void = () => {};
  #saving: Promise<ApiError | null> | null = null;

  constructor(state: DraftState, ports: DraftPorts) {
    this.#state = state;
    this.#ports = ports;
  }

  get state(): DraftState {
    return this.#state;
  }

  /** The person changed the draft. */
  changed(): void {
    this.#set({ changed: true });
    this.#saveIn(PAUSE);
  }

  /** The conversation of the draft has begun. */
  begun(session: string): void {
    this.#set({ session, base: 0 });
    if (this.#state.changed) this.#saveIn(0);
  }

  /** The studio's draft has become this version. */
  async moved(version: number): Promise<void> {
    this.#seen = Math.max(this.#seen, version);
    // A save under way raises the version itself. It looks again when it is done.
    const { session, base } = this.#state;
    if (session === null || base === null || this.#seen <= base || this.#saving !== null) return;
    if (this.#state.changed) this.#saveIn(0);
    else await this.take(await this.#ports.load(session));
  }

  /** Takes the studio's draft, unless the page's was changed as well. */
  async take(theirs: Draft | null): Promise<void> {
    const version = theirs?.version ?? 0;
    const mine = this.#ports.read();
    if (version !== this.#state.base) {
      if (!this.#state.changed) this.#adopt(theirs);
      else if (theirs === null) this.#set({ base: 0 });
      else if (same(theirs.content, mine)) this.#set({ base: version, changed: false });
      else if (same(theirs.content, this.#unanswered)) this.#set({ base: version });
      else this.#disagree(theirs);
    }
    if (this.#state.changed && this.#theirs === null) this.#saveIn(0);
  }

  /** Saves at once what is not saved yet. Returns what prevents it. */
  async save(): Promise<ApiError | null> {
    this.#stopWaiting();
    const { session, base, changed } = this.#state;
    if (session === null || base === null || !changed || this.#theirs !== null) return null;
    this.#saving ??= this.#save(session, base).finally(() => {
      this.#saving = null;
    });
    const error = await this.#saving;
    if (error === null && this.#state.changed && this.#theirs === null) this.#saveIn(PAUSE);
    void this.moved(0);
    return error;
  }

  /** Ends a disagreement with one of the two drafts. */
  choose(which: "mine" | "theirs"): void {
    const theirs = this.#theirs;
    this.#theirs = null;
    this.#ports.conflict(null);
    if (theirs === null) return;
    if (which === "theirs") this.#adopt(theirs);
    else {
      this.#set({ base: theirs.version });
      this.#saveIn(0);
    }
  }

  stop(): void {
    this.#stopWaiting();
  }

  async #save(session: string, before: number): Promise<ApiError | null> {
    const content = this.#ports.read();
    try {
      const base = await this.#ports.save(session, before, content);
      this.#unanswered = null;
      this.#set({ base, changed: !same(content, this.#ports.read()) });
      return null;
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.code === "draft_conflict") {
        const theirs = await this.#ports.load(session).catch(() => null);
        if (theirs !== null) {
          await this.take(theirs);
          return null;
        }
      }
      if (error.outcomeUnknown) this.#unanswered = content;
      if (error.outcomeUnknown || error.status === 429) this.#saveIn(RETRY);
      return error;
    }
  }

  #adopt(theirs: Draft | null): void {
    this.#stopWaiting();
    this.#set({ base: theirs?.version ?? 0, changed: false });
    if (theirs !== null) this.#ports.adopt(theirs.content);
  }

  #disagree(theirs: Draft): void {
    this.#theirs = theirs;
    this.#ports.conflict(theirs);
  }

  #saveIn(milliseconds: number): void {
    this.#stopWaiting();
    this.#stopWaiting = this.#ports.later(milliseconds, () => void this.save());
  }

  #set(part: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...part };
    this.#ports.remember(this.#state);
  }
}

const same = (one: DraftContent, other: DraftContent | null): boolean => text(one) === text(other);

/** The value as JSON, with the keys in order: the studio may hand them back in another. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
