import { useSignal } from "@preact/signals";
import { putEnhancement } from "../api/endpoints";
import type { CatalogueEntry, PutEnhancement } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useFirstFocus } from "../ui/use-first-focus";
import { TextField } from "./text-field";

interface EnhancementFormProps {
  /** The entry that is changed; null for a new one. */
  before: CatalogueEntry | null;
  onDone(changed: boolean): void;
}

/** Adds an entry to the catalogue, or changes one. */
export function EnhancementForm({ before, onDone }: EnhancementFormProps) {
  const id = useSignal(before?.id ?? "");
  const title = useSignal(before?.title ?? "");
  const reference = useSignal(before?.reference ?? "");
  const phrase = useSignal(before?.phrase ?? "");
  const scale = useSignal(String(before?.default_scale ?? 0.5));
  const most = useSignal(String(before?.max_scale ?? 1));
  const licence = useSignal(before?.licence ?? "unknown");
  const note = useSignal(before?.licence_note ?? "");
  const preview = useSignal(before?.preview ?? "");
  const form = useFirstFocus();
  const { busy, error, errorOf, run } = useAction();

  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const body: PutEnhancement = {
        title: title.value.trim(),
        reference: reference.value.trim(),
        default_scale: Number(scale.value),
        max_scale: Number(most.value),
        licence: licence.value.trim(),
        licence_note: note.value.trim(),
        preview: preview.value.trim(),
      };
      if (phrase.value.trim() !== "") body.phrase = phrase.value.trim();
      await putEnhancement(id.value.trim(), body);
      announce(`${body.title} is offered.`);
      onDone(true);
    });
  };
  const placed = ["title", "reference", "phrase", "default_scale", "max_scale", "licence", "licence_note", "preview"];
  return (
    <form ref={form} class="screen-form" aria-label={before?.title ?? "Add an enhancement"} onSubmit={submit}>
      <div class="screen-fields">
        {before === null && (
          <TextField label="Id" value={id} required hint="a-z, 0-9 and -, such as film-grain." error={null} />
        )}
        <TextField label="Title" value={title} required hint="What the menu shows." error={errorOf("title")} />
        <TextField
          label="LoRA"
          value={reference}
          required
          hint="huggingface.co/owner/repository/file.safetensors"
          error={errorOf("reference")}
        />
        <TextField label="Phrase" value={phrase} hint="The words it was trained on." error={errorOf("phrase")} />
        <TextField
          label="Scale"
          value={scale}
          required
          hint="Used unless the person sets another."
          error={errorOf("default_scale")}
        />
        <TextField label="Largest scale" value={most} required hint="At most 3." error={errorOf("max_scale")} />
        <TextField label="Licence" value={licence} required error={errorOf("licence")} />
        <TextField label="What it allows" value={note} error={errorOf("licence_note")} />
        <TextField label="What it does" value={preview} hint="One sentence." error={errorOf("preview")} />
      </div>
      {error.value && !placed.includes(error.value.field ?? "") && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        <Button kind="primary" type="submit" disabled={busy.value}>
          Offer it
        </Button>
        <Button onClick={() => onDone(false)}>Not now</Button>
      </div>
    </form>
  );
}
