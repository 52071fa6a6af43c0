import type { Generation } from "../api/types";
import { refill } from "../state/draft/composer";
import { retry, takeAnother } from "../state/sending/submit";
import { Button } from "../ui/button";
import { RefreshIcon, ReuseIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** The actions on a generation that has ended. */
export function TurnActions({ generation: { status, request } }: { generation: Generation }) {
  const { busy, error, run } = useAction();
  return (
    <>
      {error.value && <ErrorNotice error={error.value} />}
      <div class="turn-actions">
        {status === "succeeded" ? (
          <Button
            kind="quiet"
            icon={<RefreshIcon />}
            disabled={busy.value}
            onClick={() => run(() => takeAnother(request))}
          >
            Another take
          </Button>
        ) : (
          <Button icon={<RefreshIcon />} disabled={busy.value} onClick={() => run(() => retry(request))}>
            Try again
          </Button>
        )}
        <Button kind="quiet" icon={<ReuseIcon />} onClick={() => refill(request)}>
          Use again
        </Button>
      </div>
    </>
  );
}
