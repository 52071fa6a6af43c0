import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface DialogProps {
  /** The id of the dialog's heading. */
  labelledBy: string;
  class: string;
  onClose(): void;
  onKeyDown?(event: KeyboardEvent): void;
  children: ComponentChildren;
}

/** A modal dialog for as long as it is rendered. The browser keeps the focus inside and gives it back. */
export function Dialog({ labelledBy, onClose, onKeyDown, children, ...rest }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const onBackdrop = (event: MouseEvent) => {
    if (event.target === element.current) onClose();
  };
  return (
    <dialog
      ref={element}
      class={`dialog ${rest.class}`}
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        event.preventDefault();
        // A cancel of a dialog inside this one bubbles up here.
        if (event.target === element.current) onClose();
      }}
      onClick={onBackdrop}
      onKeyDown={onKeyDown}
    >
      {children}
    </dialog>
  );
}
