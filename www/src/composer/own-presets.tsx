import { changePreset, createPreset, deletePreset, importPresets, PRESETS_EXPORT_ADDRESS } from "../api/endpoints";
import type { OwnPreset } from "../api/types";
import { draft } from "../state/draft/composer";
import { applyPreset, loadPresets, ownPresets, settingsOf } from "../state/presets";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { plural } from "../ui/format";
import { LoadEnd } from "../ui/load-end";
import { NameField } from "../ui/name-field";
import { ErrorNotice } from "../ui/notice";
import { type Action, useAction } from "../ui/use-action";
import { useLoaded } from "../ui/use-loaded";

/** The presets that the person made, and a way to make one of the present settings. */
export function OwnPresets() {
  const action = useAction();
  const { error } = action;
  const loaded = useLoaded(loadPresets);
  const presets = ownPresets.value ?? [];
  return (
    <section class="own-presets" aria-labelledby="own-presets-title">
      <h2 id="own-presets-title">Your presets</h2>
      {loaded.error.value && <LoadEnd loaded={loaded} />}
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
    applyPreset(preset);
    announce(`${name}’s settings are in use.`);
  };
  const update = async () => {
    await changePreset(id, { from: { settings: settingsOf(draft.peek()) } });
    await loadPresets();
    announce(`${name} now has these settings.`);
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
        <Button kind="quiet" aria-label={`Update ${name}`} disabled={busy.value} onClick={() => run(update)}>
          Update
        </Button>
        <Button kind="quiet" aria-label={`Delete ${name}`} disabled={busy.value} onClick={() => run(remove)}>
          Delete
        </Button>
      </div>
    </>
  );
}

/** Saves the present settings under a name. */
function SaveForm({ action }: { action: Action }) {
  const save = async (wanted: string) => {
    const { name } = await createPreset({ name: wanted, from: { settings: settingsOf(draft.peek()) } });
    await loadPresets();
    announce(`${name} is saved.`);
  };
  return (
    <NameField
      label="Save these settings as"
      hint="Everything above but the finish and the seed."
      button="Save"
      action={action}
      onSave={save}
    />
  );
}

function ImportField({ action: { run } }: { action: Action }) {
  const take = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (file === undefined) return;
    run(async () => {
      const text = await file.text();
      // The browser reports a choice of the same file only after it was cleared.
      input.value = "";
      // The studio checks what is in it.
      const imported = await importPresets(text);
      await loadPresets();
      announce(`${plural(imported.length, "preset")} added.`);
    });
  };
  return (
    <label class="button button-quiet file-choice">
      <span>Add presets from a file</span>
      <input type="file" accept="application/json,.json" onChange={({ currentTarget }) => take(currentTarget)} />
    </label>
  );
}
