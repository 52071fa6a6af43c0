import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { changePictures, createPreset, getPicture } from "../api/endpoints";
import type { PictureChange, PictureRecord } from "../api/types";
import { albums, galleryEdition, loadAlbums } from "../state/gallery";
import { refreshPresets } from "../state/presets";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** Whether a picture is a favourite and in which albums it is, to be changed; and its settings as a preset. */
export function Keep({ picture }: { picture: string }) {
  const { busy, error, run } = useAction();
  const record = useSignal<PictureRecord | null>(null);
  const load = async () => {
    record.value = await getPicture(picture);
    await loadAlbums();
  };
  useEffect(() => run(load), [picture, galleryEdition.value]);
  const change = (what: PictureChange) =>
    run(async () => {
      await changePictures({ pictures: { ids: [picture] }, change: what });
      await load();
    });
  const name = useSignal("");
  const makePreset = () =>
    run(async () => {
      const preset = await createPreset({ name: name.peek().trim(), from: { picture } });
      name.value = "";
      refreshPresets();
      announce(`${preset.name} is among your presets.`);
    });
  const known = record.value;
  return (
    <details class="recipe">
      <summary>Keep</summary>
      {known !== null && (
        <>
          <label class="check-field">
            <input
              type="checkbox"
              disabled={busy.value}
              checked={known.favourite}
              onChange={() => change(known.favourite ? "unfavourite" : "favourite")}
            />
            Favourite
          </label>
          {albums.value?.map(({ id, name }) => {
            const inside = known.albums.includes(id);
            return (
              <label key={id} class="check-field">
                <input
                  type="checkbox"
                  disabled={busy.value}
                  checked={inside}
                  onChange={() => change(inside ? { remove_from_album: id } : { add_to_album: id })}
                />
                In {name}
              </label>
            );
          })}
          <div class="seed-row">
            <input
              type="text"
              aria-label="Name of a preset with these settings"
              placeholder="A preset with these settings"
              autocomplete="off"
              maxLength={80}
              value={name.value}
              onInput={({ currentTarget }) => (name.value = currentTarget.value)}
            />
            <Button disabled={busy.value || name.value.trim() === ""} onClick={makePreset}>
              Save
            </Button>
          </div>
        </>
      )}
      {error.value && <ErrorNotice error={error.value} />}
    </details>
  );
}
