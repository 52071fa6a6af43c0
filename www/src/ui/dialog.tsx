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

/** A modal dialog while it is rendered. The browser keeps the focus inside and returns it afterwards. */
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
        // The cancel event of a nested dialog bubbles up to here.
        if (event.target === element.current) onClose();
      }}
      onClick={onBackdrop}
      onKeyDown={onKeyDown}
    >
      {children}
    </dialog>
  );
}
