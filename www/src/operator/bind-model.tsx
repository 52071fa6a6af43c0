import { useSignal } from "@preact/signals";
import { bindModel } from "../api/endpoints";
import type { BindModel, ModelBinding, Person, StatementWords } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useFirstFocus } from "../ui/use-first-focus";
import { attestationOf, ConsentFields, useConsent } from "./consent-fields";
import { TextField } from "./text-field";
import { useAttempts } from "./use-attempts";

interface BindModelFormProps {
  person: Person;
  statements: readonly StatementWords[];
  /** A model that was theirs before and is to be theirs again. */
  again: ModelBinding | null;
  onDone(bound: boolean): void;
}

/** Binds a provider's model to one person. From then on it can belong to nobody else. */
export function BindModelForm({ person, statements, again, onDone }: BindModelFormProps) {
  const model = useSignal(again?.provider_model ?? "");
  const version = useSignal(again?.version ?? "");
  const trigger = useSignal("");
  const classWord = useSignal("");
  const weights = useSignal(again?.weights ?? "");
  const label = useSignal(again?.label ?? "");
  const consent = useConsent();
  const form = useFirstFocus();
  const attempts = useAttempts((body, key) => bindModel(person.id, body, key));
  const { busy, error, errorOf, run } = useAction();

  const submit = (event: Event) => {
    event.preventDefault();
    const attestation = attestationOf(consent);
    if (attestation === null) return;
    run(async () => {
      const [owner = "", ...rest] = model.value.trim().split("/");
      const body: BindModel = {
        provider: "replicate",
        owner,
        name: rest.join("/"),
        version: version.value.trim(),
        trigger: trigger.value.trim(),
        class_word: classWord.value.trim(),
        consent: attestation,
      };
      if (weights.value.trim() !== "") body.weights = weights.value.trim();
      if (label.value.trim() !== "") body.label = label.value.trim();
      await attempts.send(JSON.stringify(body));
      announce(`The model is bound to ${person.name}.`);
      onDone(true);
    });
  };
  const placed = ["owner", "name", "version", "trigger", "class_word", "weights", "label", "consent.by"];
  return (
    <form ref={form} class="screen-form" aria-label={`Bind a model to ${person.name}`} onSubmit={submit}>
      <div class="screen-fields">
        <TextField
          label="Model"
          value={model}
          required
          hint="owner/name, as the provider writes it."
          error={errorOf("owner") ?? errorOf("name")}
        />
        <TextField label="Version" value={version} required hint="64 hexadecimal digits." error={errorOf("version")} />
        <TextField
          label="Trigger word"
          value={trigger}
          required
          hint="The word the LoRA was trained on."
          error={errorOf("trigger")}
        />
        <TextField
          label="Class word"
          value={classWord}
          required
          hint="woman, man, person."
          error={errorOf("class_word")}
        />
        <TextField
          label="LoRA weights"
          value={weights}
          hint="Only for a version that carries none of its own."
          error={errorOf("weights")}
        />
        <TextField label="Label" value={label} hint="What their menu shows." error={errorOf("label")} />
      </div>
      <ConsentFields consent={consent} statements={statements} error={errorOf("consent.by")} />
      {error.value && !placed.includes(error.value.field ?? "") && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        <Button kind="primary" type="submit" disabled={busy.value}>
          Bind
        </Button>
        <Button onClick={() => onDone(false)}>Not now</Button>
      </div>
    </form>
  );
}
