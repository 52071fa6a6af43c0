import type { Paged } from "../state/paged";
import { Button } from "./button";
import { ErrorNotice } from "./notice";

/** What stands below a list that comes in pages: its error, and the button for the next page. */
export function PageEnd<T>({ list }: { list: Paged<T> }) {
  const error = list.error.value;
  if (list.items.value === null && error === null) return <p class="small-print">Loading…</p>;
  return (
    <>
      {error && <ErrorNotice error={error} />}
      {(list.hasMore.value || error) && (
        <div class="page-end">
          <Button disabled={list.loading.value} onClick={() => void list.more()}>
            {list.loading.value ? "Loading…" : error ? "Try again" : "More"}
          </Button>
        </div>
      )}
    </>
  );
}
