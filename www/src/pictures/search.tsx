import { addAlbum, deleteAlbum, renameAlbum } from "../api/endpoints";
import { albums, galleryEdition, loadAlbums, look, query } from "../state/gallery";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { LoadEnd } from "../ui/load-end";
import { NameField } from "../ui/name-field";
import { ErrorNotice } from "../ui/notice";
import { SearchField } from "../ui/search-field";
import { Select } from "../ui/select";
import { useAction } from "../ui/use-action";
import { useLoaded } from "../ui/use-loaded";

/** Chooses which pictures the gallery shows: by words, favourites or album. */
export function Search() {
  return (
    <search class="gallery-search">
      <SearchField
        label="Search your pictures"
        initial={query.peek().q ?? ""}
        onSearch={(words) => look("q", words === "" ? undefined : words)}
      />
      <label class="check-field">
        <input
          type="checkbox"
          checked={query.value.favourite === true}
          onChange={({ currentTarget: { checked } }) => look("favourite", checked ? true : undefined)}
        />
        Favourites only
      </label>
      <Albums />
    </search>
  );
}

/** Shows one album, and makes, renames or deletes albums. */
function Albums() {
  const loaded = useLoaded(loadAlbums, galleryEdition.value);
  const action = useAction();
  const { busy, error, run } = action;
  const known = albums.value ?? [];
  const shown = known.find(({ id }) => id === query.value.album);
  // An album is chosen once it is among the loaded ones: the query forgets one that is not.
  const make = async (name: string) => {
    const album = await addAlbum(name);
    await loadAlbums();
    look("album", album.id);
    announce(`The album “${album.name}” is made.`);
  };
  const rename = async (id: string, name: string) => {
    const album = await renameAlbum(id, name);
    await loadAlbums();
    announce(`The album is called “${album.name}” now.`);
  };
  const remove = (id: string) =>
    run(async () => {
      await deleteAlbum(id);
      await loadAlbums();
      announce("The album is deleted. Its pictures stay.");
    });
  return (
    <>
      {known.length > 0 && (
        <Field label="Album">
          {({ id }) => (
            <Select
              id={id}
              value={query.value.album ?? ""}
              options={[
                { value: "", label: "All pictures" },
                ...known.map((album) => ({ value: album.id, label: `${album.name} (${album.pictures})` })),
              ]}
              onChange={(album) => look("album", album === "" ? undefined : album)}
            />
          )}
        </Field>
      )}
      {loaded.error.value && <LoadEnd loaded={loaded} />}
      <NameField
        label={shown === undefined ? "New album" : "New name"}
        button={shown === undefined ? "Make" : "Rename"}
        action={action}
        onSave={(name) => (shown === undefined ? make(name) : rename(shown.id, name))}
      />
      {shown !== undefined && (
        <Button kind="quiet" disabled={busy.value} onClick={() => remove(shown.id)}>
          Delete this album
        </Button>
      )}
      {error.value && error.value.field !== "name" && <ErrorNotice error={error.value} />}
    </>
  );
}
