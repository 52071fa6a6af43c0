import type { ComponentChildren } from "preact";
import type { BatchState } from "../state/sending/batch";
import { type BatchProgress, batch, batchProgress, dropBatch, resumeBatch, stopBatch } from "../state/sending/send-all";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";

/** The progress of the batch and its actions; nothing without a batch. */
export function BatchNote() {
  const known = batch.value;
  const progress = batchProgress.value;
  if (known === null || progress === null) return null;
  return (
    <section class="batch" aria-label={`Batch: ${known.batch.title}`}>
      <p class="batch-title">{known.batch.title}</p>
      <Line known={known} progress={progress} />
      {known.state === "stopped" && known.error !== null && <ErrorNotice error={known.error} />}
      <div class="batch-actions">
        <Actions known={known} progress={progress} />
      </div>
    </section>
  );
}

function Line({
  known: { state },
  progress: { total, sent, ended, failed },
}: {
  known: BatchState;
  progress: BatchProgress;
}) {
  const made = ended - failed;
  if (state !== "sent") {
    const words =
      state === "sending" ? `Sending, ${sent} of ${total}` : `${sent} of ${total} sent. The rest waits here.`;
    return (
      <Bar value={sent} max={total} label="Sent">
        {words}
      </Bar>
    );
  }
  if (ended < total)
    return <Bar value={ended} max={total} label="Made">{`All ${total} are on their way, ${made} made`}</Bar>;
  return (
    <p>
      {failed === 0
        ? `All ${total} are made.`
        : `${made} of ${total} are made. The conversation says why the others are not.`}
    </p>
  );
}

function Bar({
  value,
  max,
  label,
  children,
}: {
  value: number;
  max: number;
  label: string;
  children: ComponentChildren;
}) {
  return (
    <>
      <p>{children}</p>
      <progress value={value} max={max} aria-label={label} />
    </>
  );
}

function Actions({ known, progress: { total, sent } }: { known: BatchState; progress: BatchProgress }) {
  switch (known.state) {
    case "sending":
      return (
        <Button kind="quiet" onClick={stopBatch}>
          Stop after this one
        </Button>
      );
    case "stopped":
      return (
        <>
          <Button kind="primary" onClick={() => void resumeBatch()}>
            Send the other {total - sent}
          </Button>
          <Button onClick={dropBatch}>Leave them</Button>
        </>
      );
    case "sent":
      return (
        <Button kind="quiet" onClick={dropBatch}>
          Close
        </Button>
      );
  }
}
