import { useEffect, useRef } from "preact/hooks";
import { path } from "../router";
import { type Binned, lastDeleted, restore } from "../state/history/deleting";
import { Button, IconButton } from "../ui/button";
import { CloseIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

const words: Record<Binned["kind"], string> = {
  picture: "The picture is in your bin.",
  request: "The request and its pictures are in your bin.",
  series: "The series is in your bin.",
  conversation: "The conversation is in your bin. Its pictures stay.",
};

/** The offer to take back what was just deleted. It stays until it is used, closed, or another screen is shown. */
export function UndoDelete() {
  const { busy, error, run } = useAction();
  const box = useRef<HTMLDivElement>(null);
  const deleted = lastDeleted.value;
  useEffect(() => {
    // What had the focus is gone with what was deleted.
    if (deleted !== null) box.current?.querySelector("button")?.focus();
    error.value = null;
  }, [deleted]);
  const offered = useRef(deleted);
  useEffect(() => {
    // Another screen ends an offer, unless it came with the offer.
    if (offered.current === deleted) lastDeleted.value = null;
    offered.current = deleted;
  }, [deleted, path.value]);
  if (deleted === null) return null;

  const close = () => {
    lastDeleted.value = null;
    document.querySelector("h1")?.focus();
  };
  const undo = () =>
    run(async () => {
      await restore(deleted);
      document.querySelector("h1")?.focus();
    });
  return (
    <div class="toast" role="group" aria-label="Deleted" ref={box}>
      <p>{words[deleted.kind]}</p>
      <Button disabled={busy.value} onClick={undo}>
        Undo
      </Button>
      <IconButton label="Close" icon={<CloseIcon />} onClick={close} />
      {error.value && <ErrorNotice error={error.value} />}
    </div>
  );
}
