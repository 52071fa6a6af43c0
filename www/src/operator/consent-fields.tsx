import { type Signal, useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Attestation, ConsentStatement, StatementWords } from "../api/types";
import { TextField } from "./text-field";

/** On whose word the face in a model is used, as a form collects it. */
export interface ConsentDraft {
  by: Signal<string>;
  statement: Signal<ConsentStatement | null>;
}

export function useConsent(): ConsentDraft {
  return { by: useSignal(""), statement: useSignal<ConsentStatement | null>(null) };
}

/** What was collected; null while something is missing. */
export function attestationOf({ by, statement }: ConsentDraft): Attestation | null {
  const name = by.value.trim();
  return name === "" || statement.value === null ? null : { by: name, statement: statement.value };
}

interface ConsentFieldsProps {
  consent: ConsentDraft;
  /** What can be attested. */
  statements: readonly StatementWords[];
  /** The studio's sentence about the name. */
  error: string | null;
}

/** Asks who attests that the face may be used, and with which words. */
export function ConsentFields({ consent: { by, statement }, statements, error }: ConsentFieldsProps) {
  const name = useId();
  return (
    <fieldset class="consent">
      <legend>Who agrees that this face is used?</legend>
      {statements.map((one) => (
        <label key={one.statement}>
          <input
            type="radio"
            name={name}
            required
            checked={statement.value === one.statement}
            onChange={() => (statement.value = one.statement)}
          />
          <span>{one.words}</span>
        </label>
      ))}
      <TextField
        label="Attested by"
        value={by}
        required
        hint="Their name. It is kept with these words, and the person sees both."
        error={error}
      />
    </fieldset>
  );
}
