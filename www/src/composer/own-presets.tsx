import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { changePreset, createPreset, deletePreset, importPresets, PRESETS_EXPORT_ADDRESS } from "../api/endpoints";
import type { OwnPreset } from "../api/types";
import { draft } from "../state/draft/composer";
import { loadPresets, ownPresets, settingsOf, usePreset } from "../state/presets";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { plural } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { type Action, useAction } from "../ui/use-action";

/** The presets that the person made, and a way to make one of the present settings. */
export function OwnPresets() {
  const action = useAction();
  const { error, run } = action;
  useEffect(() => run(loadPresets), []);
  const presets = ownPresets.value ?? [];
  return (
    <section class="own-presets" aria-labelledby="own-presets-title">
      <h2 id="own-presets-title">Your presets</h2>
      {presets.length > 0 && (
        <ul class="entries">
          {presets.map((preset) => (
            <li key={preset.id} class="entry entry-with-action">
              <Entry preset={preset} action={action} />
            </li>
          ))}
        </ul>
      )}
      <SaveForm action={action} />
      {error.value && error.value.field !== "name" && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        {presets.length > 0 && (
          <a class="button button-quiet" href={PRESETS_EXPORT_ADDRESS} download>
            <span>Save as a file</span>
          </a>
        )}
        <ImportField action={action} />
      </div>
    </section>
  );
}

function Entry({ preset, action: { busy, run } }: { preset: OwnPreset; action: Action }) {
  const { id, name } = preset;
  const use = () => {
    usePreset(preset);
    announce(`The settings are those of ${name}.`);
  };
  const replace = async () => {
    await changePreset(id, { from: { settings: settingsOf(draft.peek()) } });
    await loadPresets();
    announce(`${name} has the settings you see.`);
  };
  const remove = async () => {
    await deletePreset(id);
    await loadPresets();
    announce(`${name} is deleted. Pictures made with it stay as they are.`);
  };
  return (
    <>
      <p>{name}</p>
      <div class="screen-actions">
        <Button aria-label={`Use ${name}`} onClick={use}>
          Use
        </Button>
        <Button kind="quiet" aria-label={`Replace ${name}`} disabled={busy.value} onClick={() => run(replace)}>
          Replace
        </Button>
        <Button kind="quiet" aria-label={`Delete ${name}`} disabled={busy.value} onClick={() => run(remove)}>
          Delete
        </Button>
      </div>
    </>
  );
}

/** Saves the present settings under a name. It is no form, because the composer around it is one. */
function SaveForm({ action: { busy, errorOf, run } }: { action: Action }) {
  const name = useSignal("");
  const save = async () => {
    const saved = await createPreset({ name: name.peek().trim(), from: { settings: settingsOf(draft.peek()) } });
    name.value = "";
    await loadPresets();
    announce(`${saved.name} is saved.`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    run(save);
  };
  return (
    <Field label="Save these settings as" error={errorOf("name")}>
      {({ id, describedBy, invalid }) => (
        <div class="seed-row">
          <input
            id={id}
            type="text"
            autocomplete="off"
            maxLength={80}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={name.value}
            onInput={({ currentTarget }) => (name.value = currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <Button disabled={busy.value || name.value.trim() === ""} onClick={() => run(save)}>
            Save
          </Button>
        </div>
      )}
    </Field>
  );
}

function ImportField({ action: { run } }: { action: Action }) {
  const take = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (file === undefined) return;
    run(async () => {
      // The studio checks what is in it.
      const imported = await importPresets(await file.text());
      input.value = "";
      await loadPresets();
      announce(`${plural(imported.length, "preset")} added.`);
    });
  };
  return (
    <label class="file-choice">
      Add presets from a file
      <input type="file" accept="application/json,.json" onChange={({ currentTarget }) => take(currentTarget)} />
    </label>
  );
}
