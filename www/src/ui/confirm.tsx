import type { ComponentChildren } from "preact";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { ErrorNotice } from "./notice";
import { useAction } from "./use-action";

interface ConfirmProps {
  title: string;
  text: string;
  action: string;
  /** Whether it can be confirmed yet. */
  ready?: boolean;
  /** The button that leaves everything as it is. */
  keep?: string;
  /** Carries it out. When it fails, the dialog stays and shows the error. */
  onConfirm(): Promise<void>;
  onClose(): void;
  /** What else there is to choose. */
  children?: ComponentChildren;
}

/** Asks before an action that cannot be undone. */
export function Confirm({
  title,
  text,
  action,
  ready = true,
  keep = "Keep",
  onConfirm,
  onClose,
  children,
}: ConfirmProps) {
  const { busy, error, run } = useAction();
  const confirm = () =>
    run(async () => {
      await onConfirm();
      onClose();
    });
  return (
    <Dialog class="confirm" labelledBy="confirm-title" onClose={onClose}>
      <h2 id="confirm-title">{title}</h2>
      <p>{text}</p>
      {children}
      {error.value && <ErrorNotice error={error.value} />}
      <div class="confirm-actions">
        <Button onClick={onClose}>{keep}</Button>
        <Button kind="danger" disabled={busy.value || !ready} onClick={confirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
