import { useSignal } from "@preact/signals";
import { type ApiError, toApiError } from "../api/error";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { ErrorNotice } from "./notice";

interface ConfirmProps {
  title: string;
  text: string;
  action: string;
  /** Carries it out; the dialog stays, with the reason, when it fails. */
  onConfirm(): Promise<void>;
  onClose(): void;
}

/** Asks before something that cannot be undone. */
export function Confirm({ title, text, action, onConfirm, onClose }: ConfirmProps) {
  const busy = useSignal(false);
  const error = useSignal<ApiError | null>(null);
  const confirm = async () => {
    busy.value = true;
    error.value = null;
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      error.value = toApiError(thrown);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Dialog class="confirm" labelledBy="confirm-title" onClose={onClose}>
      <h2 id="confirm-title">{title}</h2>
      <p>{text}</p>
      {error.value && <ErrorNotice error={error.value} />}
      <div class="confirm-actions">
        <Button onClick={onClose}>Keep</Button>
        <Button kind="danger" disabled={busy.value} onClick={() => void confirm()}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
