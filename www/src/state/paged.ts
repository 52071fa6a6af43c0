// A list that the studio hands out in pages.
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type ApiError, toApiError } from "../api/error";

export interface Page<T> {
  readonly items: readonly T[];
  /** Leads to the next page; null on the last one. */
  readonly next: string | null;
}

export interface Paged<T> {
  /** What has arrived; null before the first page. A view may change it after an action of its own. */
  readonly items: Signal<readonly T[] | null>;
  readonly error: ReadonlySignal<ApiError | null>;
  readonly loading: ReadonlySignal<boolean>;
  readonly hasMore: ReadonlySignal<boolean>;
  /** Loads the first page. What is shown stays until it arrives. */
  reload(): Promise<void>;
  /** Loads the next page, or the first if it has not arrived. */
  more(): Promise<void>;
}

export function paged<T>(fetchPage: (cursor: string | null) => Promise<Page<T>>): Paged<T> {
  const items = signal<readonly T[] | null>(null);
  const error = signal<ApiError | null>(null);
  const next = signal<string | null>(null);
  const underWay = signal(0);
  /** Raised by every load of the first page, which outdates the pages that are still on their way. */
  let edition = 0;

  const load = async (cursor: string | null) => {
    if (cursor === null) edition += 1;
    const mine = edition;
    error.value = null;
    underWay.value += 1;
    try {
      const page = await fetchPage(cursor);
      if (mine !== edition) return;
      items.value = cursor === null ? page.items : [...(items.peek() ?? []), ...page.items];
      next.value = page.next;
    } catch (thrown) {
      if (mine === edition) error.value = toApiError(thrown);
    } finally {
      underWay.value -= 1;
    }
  };
  return {
    items,
    error,
    loading: computed(() => underWay.value > 0),
    hasMore: computed(() => next.value !== null),
    reload: () => load(null),
    more: async () => {
      if (underWay.peek() === 0) await load(next.peek());
    },
  };
}
