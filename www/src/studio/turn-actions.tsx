import type { GenerationRequest } from "../api/types";
import { refill } from "../state/draft/composer";
import { removeGeneration } from "../state/history/deleting";
import { wholeOf } from "../state/history/history";
import type { Listed } from "../state/history/timeline";
import { retry, takeAnother } from "../state/sending/submit";
import { Button } from "../ui/button";
import { RefreshIcon, ReuseIcon, TrashIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** The actions on a generation that has ended. */
export function TurnActions({ generation }: { generation: Listed }) {
  const { busy, error, run } = useAction();
  const withRequest = (action: (request: GenerationRequest) => void | Promise<void>) =>
    run(async () => action((await wholeOf(generation)).request));
  return (
    <>
      {error.value && <ErrorNotice error={error.value} />}
      <div class="turn-actions">
        {generation.status === "succeeded" ? (
          <Button kind="quiet" icon={<RefreshIcon />} disabled={busy.value} onClick={() => withRequest(takeAnother)}>
            Another take
          </Button>
        ) : (
          <Button icon={<RefreshIcon />} disabled={busy.value} onClick={() => withRequest(retry)}>
            Try again
          </Button>
        )}
        <Button kind="quiet" icon={<ReuseIcon />} onClick={() => withRequest(refill)}>
          Use again
        </Button>
        <Button
          kind="quiet"
          icon={<TrashIcon />}
          disabled={busy.value}
          onClick={() => run(() => removeGeneration(generation.id))}
        >
          Delete
        </Button>
      </div>
    </>
  );
}
