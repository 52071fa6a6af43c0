import { useSignal } from "@preact/signals";
import { bindModel } from "../api/endpoints";
import type { BindModel, Person } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { addModel } from "./people";
import { TextField } from "./text-field";

/** Binds a provider's model to one person. From then on it can belong to nobody else. */
export function BindModelForm({ person, onDone }: { person: Person; onDone(): void }) {
  const model = useSignal("");
  const version = useSignal("");
  const trigger = useSignal("");
  const classWord = useSignal("");
  const weights = useSignal("");
  const label = useSignal("");
  const attestedBy = useSignal("");
  const { busy, error, errorOf, run } = useAction();

  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const [owner = "", ...rest] = model.value.trim().split("/");
      const body: BindModel = {
        provider: "replicate",
        owner,
        name: rest.join("/"),
        version: version.value.trim(),
        trigger: trigger.value.trim(),
        class_word: classWord.value.trim(),
        consent: { by: attestedBy.value.trim(), statement: "owner_agreed_1" },
      };
      if (weights.value.trim() !== "") body.weights = weights.value.trim();
      if (label.value.trim() !== "") body.label = label.value.trim();
      addModel(person.id, await bindModel(person.id, body));
      announce(`The model is bound to ${person.name}.`);
      onDone();
    });
  };
  const placed = ["owner", "name", "version", "trigger", "class_word", "weights", "label", "consent.by"];
  return (
    <form class="operator-form" aria-label={`Bind a model to ${person.name}`} onSubmit={submit}>
      <div class="operator-fields">
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
        <TextField
          label="Attested by"
          value={attestedBy}
          required
          hint="Who attests that the person whose face is in this model has agreed to its use here, and knows that they can take this back at any time."
          error={errorOf("consent.by")}
        />
      </div>
      {error.value && !placed.includes(error.value.field ?? "") && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        <Button kind="primary" type="submit" disabled={busy.value}>
          Bind
        </Button>
        <Button onClick={onDone}>Not now</Button>
      </div>
    </form>
  );
}
