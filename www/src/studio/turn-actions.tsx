import { useSignal } from "@preact/signals";
import { type ApiError, toApiError } from "../api/error";
import type { Generation } from "../api/types";
import { refill } from "../state/draft";
import { retry, takeAnother } from "../state/submit";
import { Button } from "../ui/button";
import { RefreshIcon, ReuseIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";

/** What can be done with a request that has ended. */
export function TurnActions({ generation: { status, request } }: { generation: Generation }) {
  const busy = useSignal(false);
  const error = useSignal<ApiError | null>(null);
  const send = async (how: () => Promise<void>) => {
    busy.value = true;
    error.value = null;
    try {
      await how();
    } catch (thrown) {
      error.value = toApiError(thrown);
    } finally {
      busy.value = false;
    }
  };
  return (
    <>
      {error.value && <ErrorNotice error={error.value} />}
      <div class="turn-actions">
        {status === "succeeded" ? (
          <Button
            kind="quiet"
            icon={<RefreshIcon />}
            disabled={busy.value}
            onClick={() => void send(() => takeAnother(request))}
          >
            Another take
          </Button>
        ) : (
          <Button icon={<RefreshIcon />} disabled={busy.value} onClick={() => void send(() => retry(request))}>
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
