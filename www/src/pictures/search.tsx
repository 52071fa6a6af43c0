import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { addAlbum, deleteAlbum, renameAlbum } from "../api/endpoints";
import { albums, galleryEdition, loadAlbums, look, query } from "../state/gallery";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ErrorNotice } from "../ui/notice";
import { Select } from "../ui/select";
import { useAction } from "../ui/use-action";

/** Milliseconds without a keystroke after which the words are searched for. */
const PAUSE = 250;

/** Chooses which pictures the gallery shows: by words, favourites or album. */
export function Search() {
  return (
    <search class="gallery-search">
      <WordsField />
      <label class="check-field">
        <input
          type="checkbox"
          checked={query.value.favourite === true}
          onChange={({ currentTarget: { checked } }) => look("favourite", checked ? true : undefined)}
        />
        Favourites
      </label>
      <Albums />
    </search>
  );
}

function WordsField() {
  const words = useSignal(query.peek().q ?? "");
  useEffect(() => {
    const timer = setTimeout(() => look("q", words.value.trim() === "" ? undefined : words.value.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [words.value]);
  return (
    <Field label="Search your pictures">
      {({ id }) => (
        <input
          id={id}
          type="search"
          autocomplete="off"
          maxLength={200}
          value={words.value}
          onInput={({ currentTarget }) => (words.value = currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Shows one album, and makes, renames or deletes albums. */
function Albums() {
  const { busy, error, run } = useAction();
  const name = useSignal("");
  useEffect(() => run(loadAlbums), [galleryEdition.value]);
  const known = albums.value ?? [];
  const shown = known.find(({ id }) => id === query.value.album);
  const named = (store: (name: string) => Promise<string>) =>
    run(async () => {
      look("album", await store(name.peek().trim()));
      name.value = "";
      await loadAlbums();
    });
  const remove = (id: string) =>
    run(async () => {
      await deleteAlbum(id);
      await loadAlbums();
      announce("The album is deleted. Its pictures stay.");
    });
  return (
    <>
      {known.length > 0 && (
        <Select
          label="Album"
          value={query.value.album ?? ""}
          options={[
            { value: "", label: "All pictures" },
            ...known.map((album) => ({ value: album.id, label: `${album.name} (${album.pictures})` })),
          ]}
          onChange={(album) => look("album", album === "" ? undefined : album)}
        />
      )}
      <Field label={shown === undefined ? "New album" : "New name"}>
        {({ id }) => (
          <div class="seed-row">
            <input
              id={id}
              type="text"
              autocomplete="off"
              maxLength={80}
              value={name.value}
              onInput={({ currentTarget }) => (name.value = currentTarget.value)}
            />
            <Button
              disabled={busy.value || name.value.trim() === ""}
              onClick={() =>
                named(async (wanted) =>
                  shown === undefined ? (await addAlbum(wanted)).id : (await renameAlbum(shown.id, wanted)).id,
                )
              }
            >
              {shown === undefined ? "Make" : "Rename"}
            </Button>
          </div>
        )}
      </Field>
      {shown !== undefined && (
        <Button kind="quiet" disabled={busy.value} onClick={() => remove(shown.id)}>
          Delete this album
        </Button>
      )}
      {error.value && <ErrorNotice error={error.value} />}
    </>
  );
}
