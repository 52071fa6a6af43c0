import { useSignal } from "@preact/signals";
import { changePictures, getPicture } from "../api/endpoints";
import type { PictureChange, PictureRecord } from "../api/types";
import { albums, galleryEdition, loadAlbums } from "../state/gallery";
import { LoadEnd } from "../ui/load-end";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useLoaded } from "../ui/use-loaded";
import { PresetFromPicture } from "./preset-from-picture";

/** Whether a picture is a favourite and in which albums it is, and its settings as a preset. Loads when it is opened. */
export function Keep({ picture }: { picture: string }) {
  const open = useSignal(false);
  return (
    <details class="keep" onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
      <summary>Favourite, albums and preset</summary>
      {open.value && <Kept picture={picture} />}
    </details>
  );
}

function Kept({ picture }: { picture: string }) {
  const loaded = useLoaded(async () => {
    const [record] = await Promise.all([getPicture(picture), loadAlbums()]);
    return record;
  }, galleryEdition.value);
  const { busy, error, run } = useAction();
  const change = (what: PictureChange, after: Pick<PictureRecord, "favourite" | "albums">) =>
    run(async () => {
      await changePictures({ pictures: { ids: [picture] }, change: what });
      const before = loaded.value.peek();
      if (before !== null) loaded.value.value = { ...before, ...after };
      galleryEdition.value += 1;
    });
  const known = loaded.value.value;
  return (
    <div class="keep-body">
      <LoadEnd loaded={loaded} />
      {known !== null && (
        <>
          <label class="check-field">
            <input
              type="checkbox"
              disabled={busy.value}
              checked={known.favourite}
              onChange={() =>
                change(known.favourite ? "unfavourite" : "favourite", { ...known, favourite: !known.favourite })
              }
            />
            Favourite
          </label>
          {albums.value?.map(({ id, name }) => {
            const others = known.albums.filter((album) => album !== id);
            const inside = others.length < known.albums.length;
            return (
              <label key={id} class="check-field">
                <input
                  type="checkbox"
                  disabled={busy.value}
                  checked={inside}
                  onChange={() =>
                    inside
                      ? change({ remove_from_album: id }, { ...known, albums: others })
                      : change({ add_to_album: id }, { ...known, albums: [...others, id] })
                  }
                />
                In {name}
              </label>
            );
          })}
          <PresetFromPicture label="Save its settings as a preset" picture={picture} />
        </>
      )}
      {error.value && <ErrorNotice error={error.value} />}
    </div>
  );
}
