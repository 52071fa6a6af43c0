import { useSignal } from "@preact/signals";
import { Confirm } from "../ui/confirm";
import { Field } from "../ui/field";

interface ConfirmDeletionProps {
  title: string;
  text: string;
  /** What has to be typed: whose account it is. */
  name: string;
  /** Deletes; with `providerVersions`, at the provider, too. */
  onConfirm(providerVersions: boolean): Promise<void>;
  onClose(): void;
}

/** Asks before an account is deleted for good. Whoever confirms types whose it is. */
export function ConfirmDeletion({ title, text, name, onConfirm, onClose }: ConfirmDeletionProps) {
  const typed = useSignal("");
  const providerVersions = useSignal(false);
  return (
    <Confirm
      title={title}
      text={text}
      action="Delete for good"
      ready={typed.value.trim() === name}
      onConfirm={() => onConfirm(providerVersions.value)}
      onClose={onClose}
    >
      <Field label={`To confirm, type ${name}`}>
        {({ id }) => (
          <input
            id={id}
            type="text"
            autocomplete="off"
            spellcheck={false}
            value={typed.value}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
        )}
      </Field>
      <div class="field check-field">
        <label>
          <input
            type="checkbox"
            checked={providerVersions.value}
            onChange={({ currentTarget }) => (providerVersions.value = currentTarget.checked)}
          />
          Delete the models at the provider, too
        </label>
      </div>
    </Confirm>
  );
}
