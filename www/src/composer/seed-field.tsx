import { change, draft, newSeed } from "../state/draft/composer";
import { intended } from "../state/draft/intended";
import { IconButton } from "../ui/button";
import { Field } from "../ui/field";
import { LockIcon, RefreshIcon, UnlockIcon } from "../ui/icons";
import { errorOf } from "./errors";

/** The seed that will be sent. The page draws it, so that the preview shows it; a locked seed stays for the next request. */
export function SeedField() {
  const { seed, seedLocked } = intended.value;
  const take = (text: string) => {
    const number = Number(text);
    if (text.trim() !== "" && Number.isFinite(number)) change({ seed: number, seedLocked: true });
  };
  return (
    <Field
      class="seed-field"
      label="Seed"
      hint={
        seedLocked
          ? "Kept: the same words and settings give the same picture."
          : "A new one is drawn for every request."
      }
      error={errorOf("overrides.seed")}
    >
      {({ id, describedBy, invalid }) => (
        <div class="seed-row">
          <input
            id={id}
            type="text"
            inputMode="numeric"
            autocomplete="off"
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={String(seed)}
            onInput={({ currentTarget }) => take(currentTarget.value)}
            onBlur={({ currentTarget }) => (currentTarget.value = String(draft.peek().seed))}
          />
          <IconButton label="Draw a new seed" icon={<RefreshIcon />} onClick={newSeed} />
          <IconButton
            label="Keep this seed"
            icon={seedLocked ? <LockIcon /> : <UnlockIcon />}
            aria-pressed={seedLocked}
            onClick={() => change({ seedLocked: !seedLocked })}
          />
        </div>
      )}
    </Field>
  );
}
