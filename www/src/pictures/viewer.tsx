import { useSignal } from "@preact/signals";
import { downloadAddress, imageAddress } from "../api/endpoints";
import type { Generation, Picture } from "../api/types";
import { navigate } from "../router";
import { refill } from "../state/draft/composer";
import { altText, aspectOf, subjectOf } from "../state/history/describe";
import { removePicture } from "../state/history/history";
import { isWhole } from "../state/history/timeline";
import { close, open, viewing } from "../state/history/viewing";
import { Button, IconButton } from "../ui/button";
import { Confirm } from "../ui/confirm";
import { Dialog } from "../ui/dialog";
import { Moment } from "../ui/format";
import { CloseIcon, DownloadIcon, NextIcon, PreviousIcon, ReuseIcon, TrashIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { fileWords, RecipeDetails } from "./recipe-details";
import { sizeOf } from "./size";
import { Whole } from "./whole";

/** One picture, large, with its description and its recipe. */
export function Viewer() {
  const confirming = useSignal(false);
  const shown = viewing.value;
  if (shown === null) return null;
  const { generation, picture, newer, older } = shown;
  const { width, height } = sizeOf(aspectOf(generation));

  const go = (id: string | null) => {
    if (id !== null) open(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (confirming.value) return;
    if (event.key === "ArrowLeft") go(newer);
    if (event.key === "ArrowRight") go(older);
  };
  const remove = async () => {
    await removePicture(picture.id);
    close();
    // The button that opened this dialog, where the focus would return, is gone.
    document.querySelector("h1")?.focus();
  };

  return (
    <Dialog class="viewer" labelledBy="viewer-title" onClose={close} onKeyDown={onKeyDown}>
      <div class="viewer-bar">
        <IconButton label="Newer picture" icon={<PreviousIcon />} disabled={newer === null} onClick={() => go(newer)} />
        <IconButton label="Older picture" icon={<NextIcon />} disabled={older === null} onClick={() => go(older)} />
        <IconButton label="Close" icon={<CloseIcon />} onClick={close} />
      </div>
      <div class="viewer-stage">
        <img
          key={picture.id}
          src={imageAddress(picture.id)}
          alt={altText(generation, picture)}
          width={width}
          height={height}
        />
      </div>
      <div class="viewer-side">
        <h2 id="viewer-title" class="viewer-words">
          {subjectOf(generation)}
        </h2>
        <p class="small-print">
          <Moment at={"created_at" in picture ? picture.created_at : generation.created_at} />
        </p>
        <div class="viewer-actions">
          <a class="button button-primary" href={downloadAddress(picture.id)} download>
            <DownloadIcon />
            <span>Download</span>
          </a>
          <Whole generation={generation}>{(whole) => <RecipeActions generation={whole} picture={picture.id} />}</Whole>
          <IconButton label="Delete" icon={<TrashIcon />} onClick={() => (confirming.value = true)} />
        </div>
        {isWhole(generation) && <Recipe generation={generation} picture={picture.id} />}
      </div>
      {confirming.value && (
        <Confirm
          title="Delete this picture?"
          text="It is removed from your studio for good. Its recipe goes with it."
          action="Delete"
          onConfirm={remove}
          onClose={() => (confirming.value = false)}
        />
      )}
    </Dialog>
  );
}

interface Part {
  generation: Generation;
  picture: string;
}

const pictureOf = ({ generation, picture }: Part) => generation.pictures.find(({ id }) => id === picture);

function RecipeActions({ generation, picture }: Part) {
  const recorded = pictureOf({ generation, picture });
  return (
    <>
      {recorded && <SaveWithRecipe picture={recorded} />}
      <Button icon={<ReuseIcon />} onClick={() => useAgain(generation)}>
        Use again
      </Button>
    </>
  );
}

function Recipe({ generation, picture }: Part) {
  const recorded = pictureOf({ generation, picture });
  if (recorded === undefined) return null;
  return (
    <details class="recipe">
      <summary>Recipe</summary>
      <RecipeDetails
        recipe={recorded.recipe}
        id={recorded.recipe_id}
        spans={generation.spans}
        file={fileWords(recorded.format, recorded.bytes)}
      />
    </details>
  );
}

function useAgain({ request }: Generation): void {
  close();
  navigate("/");
  refill(request);
}

/** Downloads the picture with its recipe inside. The page embeds it; the studio's file stays as it is. */
function SaveWithRecipe({ picture }: { picture: Picture }) {
  const { busy, error, run } = useAction();
  const save = () =>
    run(async () => {
      const { saveWithRecipe } = await import("../recipes/save");
      await saveWithRecipe(picture);
    });
  return (
    <>
      <Button icon={<DownloadIcon />} aria-busy={busy.value} onClick={save}>
        Download with recipe
      </Button>
      {error.value && <ErrorNotice error={error.value} />}
    </>
  );
}
