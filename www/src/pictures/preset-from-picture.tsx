import { useSignal } from "@preact/signals";
import { createPreset } from "../api/endpoints";
import { refreshPresets } from "../state/presets";
import { announce } from "../state/status-line";
import { NameField } from "../ui/name-field";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** Makes the settings of a picture a preset of the person's own. */
export function PresetFromPicture({ label, picture }: { label: string; picture: string }) {
  const action = useAction();
  const { error } = action;
  const saved = useSignal<string | null>(null);
  const save = async (wanted: string) => {
    saved.value = null;
    const { name } = await createPreset({ name: wanted, from: { picture } });
    refreshPresets();
    saved.value = `Saved as “${name}”.`;
    announce(saved.value);
  };
  return (
    <div>
      <NameField label={label} button="Save" action={action} onSave={save} />
      {saved.value !== null && <p class="small-print">{saved.value}</p>}
      {error.value && error.value.field !== "name" && <ErrorNotice error={error.value} />}
    </div>
  );
}
