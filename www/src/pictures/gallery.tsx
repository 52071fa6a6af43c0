import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isSearching } from "../state/gallery";
import { altText, aspectOf } from "../state/history/describe";
import { hasEarlier, loadError, loaded, loading, loadMore, pictures } from "../state/history/history";
import { SeriesNote } from "../studio/series-note";
import { Button } from "../ui/button";
import { lazy } from "../ui/lazy";
import { ErrorNotice } from "../ui/notice";
import { PictureButton } from "./picture-button";
import { Choose, type Chosen, Selecting } from "./selecting";
import { ratioStyle } from "./size";

const OpenRecipe = lazy<{ onClose(): void }>(() =>
  import("../recipes/open-recipe").then((module) => module.OpenRecipe),
);

const Search = lazy(() => import("./search").then((module) => module.Search));
const Found = lazy(() => import("./found").then((module) => module.Found));

/** With fewer pictures than this, the next page is fetched unasked: a page may hold only failures. */
const ENOUGH = 12;

/** Every picture, newest first, or those that the person looks for. */
export function Gallery() {
  const opening = useSignal(false);
  const chosen = useSignal<readonly string[] | null>(null);
  const shown = pictures.value;
  const hungry = hasEarlier.value && shown.length < ENOUGH && !loading.value && loadError.value === null;
  useEffect(() => {
    if (hungry) void loadMore();
  }, [hungry]);

  return (
    <div class="gallery">
      <div class="gallery-head">
        <h1 tabIndex={-1}>Gallery</h1>
        {shown.length > 0 && <p>Everything you kept, newest first.</p>}
        <Button kind="quiet" onClick={() => (opening.value = true)}>
          Open a picture’s recipe
        </Button>
        {shown.length > 0 && !isSearching.value && <Selecting chosen={chosen} />}
      </div>
      {opening.value && <OpenRecipe onClose={() => (opening.value = false)} />}
      <SeriesNote />
      {shown.length > 0 && <Search />}
      {isSearching.value ? <Found /> : <Everything chosen={chosen} />}
    </div>
  );
}

/** The pictures that the page knows, and those before them. */
function Everything({ chosen }: { chosen: Chosen }) {
  const shown = pictures.value;
  return (
    <>
      {shown.length === 0 && loaded.value && !hasEarlier.value && <Empty />}
      <ul class="gallery-grid">
        {shown.map(({ generation, picture }) => (
          <li key={picture.id} style={ratioStyle(aspectOf(generation))}>
            <PictureButton generation={generation} picture={picture} />
            <Choose chosen={chosen} picture={picture.id} name={altText(generation, picture)} />
          </li>
        ))}
      </ul>
      {loadError.value && <ErrorNotice error={loadError.value} />}
      {(hasEarlier.value || loadError.value) && (
        <div class="gallery-more">
          <Button disabled={loading.value} onClick={() => void loadMore()}>
            {loading.value ? "Loading…" : loadError.value ? "Try again" : "More"}
          </Button>
        </div>
      )}
    </>
  );
}

function Empty() {
  return (
    <div class="gallery-empty">
      <p>Your pictures will hang here. The first is a sentence away.</p>
      <a class="button button-primary" href="/">
        <span>Make a picture</span>
      </a>
    </div>
  );
}
