import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { deleteFromBin, emptyBin, getBin } from "../api/endpoints";
import type { BinEntry } from "../api/types";
import { type Binned, restore } from "../state/history/deleting";
import { subjectOf } from "../state/history/describe";
import { binEdition } from "../state/history/history";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Confirm } from "../ui/confirm";
import { daysUntil, Moment, plural } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { PageEnd } from "../ui/page-end";
import { useAction } from "../ui/use-action";
import { usePaged } from "../ui/use-paged";

/** What the person has deleted, until it is gone. */
export function Bin() {
  const bin = usePaged(async (cursor) => {
    const { entries, next_cursor } = await getBin(cursor);
    return { items: entries, next: next_cursor };
  });
  const { busy, error, run } = useAction();
  const asking = useSignal<BinEntry | "all" | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const edition = useRef(binEdition.peek());
  useEffect(() => {
    if (edition.current !== binEdition.value) void bin.reload();
    edition.current = binEdition.value;
  }, [binEdition.value]);

  const without = (id: string) => {
    bin.items.value = (bin.items.peek() ?? []).filter((entry) => entry.id !== id);
    // The button that had the focus is gone.
    heading.current?.focus();
  };
  const bringBack = (entry: BinEntry) =>
    run(async () => {
      await restore(binned(entry));
      without(entry.id);
    });
  const remove = async () => {
    if (asking.value === "all") {
      await emptyBin();
      await bin.reload();
      heading.current?.focus();
      announce("Your bin is empty.");
    } else if (asking.value !== null) {
      await deleteFromBin(asking.value.id);
      without(asking.value.id);
      announce("It is deleted for good.");
    }
  };
  const entries = bin.items.value;
  return (
    <section class="screen-section" aria-labelledby="bin-title">
      <h2 id="bin-title" ref={heading} tabIndex={-1}>
        Your bin
      </h2>
      <p class="screen-words">
        What you delete waits here before it is gone for good. Bring a picture back to see it again.
      </p>
      {error.value && <ErrorNotice error={error.value} />}
      {entries?.length === 0 && <p>Nothing is waiting here.</p>}
      <ul class="entries">
        {entries?.map((entry) => (
          <li key={entry.id} class="entry entry-with-action">
            <EntryWords entry={entry} />
            <div class="screen-actions">
              <Button disabled={busy.value} onClick={() => bringBack(entry)}>
                Bring back
              </Button>
              <Button kind="quiet" disabled={busy.value} onClick={() => (asking.value = entry)}>
                Delete now
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <PageEnd list={bin} />
      {entries !== null && entries.length > 1 && (
        <div>
          <Button kind="danger" onClick={() => (asking.value = "all")}>
            Empty the bin
          </Button>
        </div>
      )}
      {asking.value !== null && (
        <Confirm
          title={asking.value === "all" ? "Delete everything in your bin?" : "Delete this for good?"}
          text="It goes now, with its words and its recipe. Nobody can bring it back, your studio neither."
          action="Delete for good"
          onConfirm={remove}
          onClose={() => (asking.value = null)}
        />
      )}
    </section>
  );
}

function binned(entry: BinEntry): Binned {
  const { id } = entry;
  if ("session" in entry) return { kind: "conversation", id };
  const generation = entry.generation.id;
  return id === generation ? { kind: "request", id } : { kind: "picture", id, generation };
}

function EntryWords({ entry }: { entry: BinEntry }) {
  return (
    <div>
      <p>{"session" in entry ? entry.session.title : subjectOf(entry.generation)}</p>
      <p class="small-print">
        {kindOf(entry)}, deleted <Moment at={entry.deleted_at} />. Gone in {plural(daysUntil(entry.gone_at), "day")}.
      </p>
    </div>
  );
}

function kindOf(entry: BinEntry): string {
  if ("session" in entry) return "A conversation";
  const { id, pictures } = entry.generation;
  if (entry.id !== id) return "One picture";
  return pictures.length === 0 ? "A request" : `A request with ${plural(pictures.length, "picture")}`;
}
