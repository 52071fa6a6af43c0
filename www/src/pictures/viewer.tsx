import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { downloadAddress, imageAddress } from "../api/endpoints";
import type { Generation } from "../api/types";
import { navigate } from "../router";
import { refill } from "../state/draft/composer";
import { removePicture } from "../state/history/deleting";
import { altText, aspectOf, isCut, subjectOf } from "../state/history/describe";
import { wholeOf } from "../state/history/history";
import type { Listed } from "../state/history/timeline";
import { close, open, viewing } from "../state/history/viewing";
import { Button, IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Moment } from "../ui/format";
import { CloseIcon, DownloadIcon, NextIcon, PreviousIcon, ReuseIcon, TrashIcon } from "../ui/icons";
import { lazy } from "../ui/lazy";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { fileWords, RecipeDetails } from "./recipe-details";
import { Share } from "./share";
import { sizeOf } from "./size";
import { Whole } from "./whole";

const Keep = lazy<{ picture: string }>(() => import("./keep").then((module) => module.Keep));

/** One picture, large, with its description and its recipe. */
export function Viewer() {
  const { busy, error, run } = useAction();
  const shown = viewing.value;
  if (shown === null) return null;
  const { generation, picture, newer, older } = shown;
  const { width, height } = sizeOf(aspectOf(generation));

  const go = (id: string | null) => {
    if (id !== null) open(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") go(newer);
    if (event.key === "ArrowRight") go(older);
  };
  const remove = () =>
    run(async () => {
      await removePicture(generation.id, picture.id);
      close();
    });

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
        <Title generation={generation} />
        <p class="small-print">
          <Moment at={generation.finished_at ?? generation.created_at} />
        </p>
        <div class="viewer-actions">
          <a class="button button-primary" href={downloadAddress(picture.id)} download>
            <DownloadIcon />
            <span>Download</span>
          </a>
          <RecipeActions key={picture.id} generation={generation} picture={picture.id} />
          <IconButton label="Delete" icon={<TrashIcon />} disabled={busy.value} onClick={remove} />
        </div>
        {error.value && <ErrorNotice error={error.value} />}
        <Share key={`share-${picture.id}`} picture={picture.id} />
        <Keep key={picture.id} picture={picture.id} />
        <Recipe generation={generation} picture={picture.id} />
      </div>
    </Dialog>
  );
}

/** The words of the picture, whose rest is fetched when a summary has only their beginning. */
function Title({ generation }: { generation: Listed }) {
  const cut = isCut(generation);
  useEffect(() => {
    // Without an answer the beginning stays, and the recipe below has another way to fetch.
    if (cut) wholeOf(generation).catch(() => null);
  }, [generation.id, generation.revision, cut]);
  return (
    <h2 id="viewer-title" class="viewer-words">
      {subjectOf(generation)}
    </h2>
  );
}

interface PartProps {
  generation: Listed;
  /** The id of one of its pictures. */
  picture: string;
}

const recordOf = (whole: Generation, picture: string) => whole.pictures.find(({ id }) => id === picture);

/** The actions that need the whole generation. They fetch it when they are pressed. */
function RecipeActions({ generation, picture }: PartProps) {
  const { busy, error, run } = useAction();
  const saveWithRecipe = async () => {
    const [recipes, whole] = await Promise.all([import("../recipes/save"), wholeOf(generation)]);
    const record = recordOf(whole, picture);
    if (record !== undefined) await recipes.saveWithRecipe(record);
  };
  const useAgain = async () => {
    const { request } = await wholeOf(generation);
    close();
    navigate("/");
    refill(request);
  };
  return (
    <>
      <Button icon={<DownloadIcon />} aria-busy={busy.value} onClick={() => run(saveWithRecipe)}>
        Download with recipe
      </Button>
      <Button icon={<ReuseIcon />} aria-busy={busy.value} onClick={() => run(useAgain)}>
        Use again
      </Button>
      {error.value && <ErrorNotice error={error.value} />}
    </>
  );
}

/** The recipe, fetched when it is opened. */
function Recipe({ generation, picture }: PartProps) {
  const open = useSignal(false);
  return (
    <details class="recipe" onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
      <summary>Recipe</summary>
      {open.value && (
        <Whole generation={generation}>
          {(whole) => {
            const record = recordOf(whole, picture);
            if (record === undefined) return null;
            const { recipe, recipe_id, format, bytes } = record;
            return <RecipeDetails recipe={recipe} id={recipe_id} spans={whole.spans} file={fileWords(format, bytes)} />;
          }}
        </Whole>
      )}
    </details>
  );
}
