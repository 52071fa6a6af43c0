import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { fileWords, RecipeDetails } from "../pictures/recipe-details";
import { navigate } from "../router";
import { refillWith } from "../state/draft/composer";
import { loaded } from "../state/history/history";
import { Button, IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { CloseIcon, DownloadIcon, ReuseIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useLoaded } from "../ui/use-loaded";
import { type Found, isKnown, type Opened, opened, openFile, saveStripped } from "./opened";

/** The dialog in which a person chooses or drops a picture to see how it was made. */
export function OpenRecipe({ onClose }: { onClose(): void }) {
  const over = useSignal(false);
  const close = () => {
    opened.value = null;
    onClose();
  };
  const take = (file: File | undefined) => {
    if (file !== undefined) void openFile(file);
  };
  const drag = (event: DragEvent) => {
    // Otherwise the browser leaves the page and shows the file.
    event.preventDefault();
    over.value = event.type === "dragover";
    if (event.type === "drop") take(event.dataTransfer?.files[0]);
  };
  const shown = opened.value;

  return (
    <Dialog class="opener" labelledBy="opener-title" onClose={close}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file has a keyboard twin, the file input */}
      <div class="opener-inside" onDragOver={drag} onDragLeave={drag} onDrop={drag}>
        <div class="opener-head">
          <h2 id="opener-title">Open a picture’s recipe</h2>
          <IconButton label="Close" icon={<CloseIcon />} onClick={close} />
        </div>
        <p>
          A picture that was downloaded with its recipe says how it was made. The file is read in your browser; nothing
          is uploaded.
        </p>
        <label class={over.value ? "opener-file opener-over" : "opener-file"}>
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp"
            onChange={({ currentTarget }) => {
              take(currentTarget.files?.[0]);
              // Allows the same file to be chosen again.
              currentTarget.value = "";
            }}
          />
          <span>{shown === null ? "Choose a picture" : "Choose another picture"}</span>
          <span class="small-print">PNG, JPEG or WebP. You can also drop it here.</span>
        </label>
        {shown !== null && <Result shown={shown} onClose={close} />}
      </div>
    </Dialog>
  );
}

function Result({ shown, onClose }: { shown: Opened; onClose(): void }) {
  switch (shown.state) {
    case "reading":
      return <p>Reading {shown.name}…</p>;
    case "failed":
      return <ErrorNotice error={shown.error} />;
    case "read":
      return shown.found === null ? (
        <Heading>There is no recipe in {shown.file.name}.</Heading>
      ) : (
        <Read key={shown.found.id} shown={shown} found={shown.found} onClose={onClose} />
      );
  }
}

/** The heading of the result. It takes the focus. */
function Heading({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h3 ref={heading} tabIndex={-1} class="opener-answer">
      {children}
    </h3>
  );
}

interface ReadProps {
  shown: Extract<Opened, { state: "read" }>;
  found: Found;
  onClose(): void;
}

function Read({ shown: { file, bytes }, found, onClose }: ReadProps) {
  const { busy, error, run } = useAction();
  const { own } = found;
  // The pictures may arrive after the file was opened.
  const known = useLoaded(() => isKnown(found), loaded.value).value.value === true;
  const usable = own?.model.state === "active";
  const useAgain = () => {
    if (own === null) return;
    onClose();
    navigate("/");
    refillWith(own.again.draft);
  };
  return (
    <div class="opener-found">
      <Heading>
        {own === null
          ? "This picture was made with another model."
          : `This picture was made with your model ${own.model.label}.`}
      </Heading>
      <p>{sentenceFor(found, known)}</p>
      <div class="opener-actions">
        {usable && (
          <Button kind="primary" icon={<ReuseIcon />} onClick={useAgain}>
            Use again
          </Button>
        )}
        <Button icon={<DownloadIcon />} disabled={busy.value} onClick={() => run(() => saveStripped(file, bytes))}>
          Remove the recipe
        </Button>
      </div>
      <p class="small-print">Removing it saves a copy without the recipe. Your file and its pixels stay as they are.</p>
      {error.value && <ErrorNotice error={error.value} />}
      <div class="recipe">
        <RecipeDetails
          recipe={found.recipe}
          id={found.id}
          file={`${file.name}, ${fileWords(file.type.replace("image/", ""), bytes.length)}`}
        />
      </div>
    </div>
  );
}

function sentenceFor({ own }: Found, known: boolean): string {
  const origin = known
    ? "Verified: its id is that of a picture in your studio, so every word and number is as it was sent."
    : "None of the pictures loaded from your studio has this id, so it rests on what the file says.";
  if (own === null) return "You can read how it was made below, but none of your models makes this picture again.";
  if (own.model.state !== "active") return `${origin} Your studio has retired this model, so it makes no new pictures.`;
  if (own.again.exact) return `${origin} Use again fills in a request that is sent exactly as this one was.`;
  return `${origin} Use again fills in what comes nearest to it; the preview shows what will be sent.`;
}
