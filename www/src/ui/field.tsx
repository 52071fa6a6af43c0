import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  error?: string | null;
  class?: string;
  /** Renders the control with the ids that tie label, hint and error to it. */
  children(ids: { id: string; describedBy: string | undefined; invalid: boolean }): ComponentChildren;
}

/** A labelled control with its hint and its error. */
export function Field({ label, hint, error = null, children, ...rest }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint !== undefined && hintId, error !== null && errorId].filter(Boolean).join(" ");
  return (
    <div class={`field ${rest.class ?? ""}`}>
      <label for={id}>{label}</label>
      {children({ id, describedBy: described === "" ? undefined : described, invalid: error !== null })}
      {hint !== undefined && (
        <p class="field-hint" id={hintId}>
          {hint}
        </p>
      )}
      {error !== null && (
        <p class="field-error" id={errorId}>
          {error}
        </p>
      )}
    </div>
  );
}
