import { useEffect, useRef } from "preact/hooks";
import { getGeneration, getPictures, imageAddress } from "../api/endpoints";
import type { ListedPicture } from "../api/types";
import { galleryEdition, query } from "../state/gallery";
import { binEdition, takeGeneration } from "../state/history/history";
import { open } from "../state/history/viewing";
import { ErrorNotice } from "../ui/notice";
import { PageEnd } from "../ui/page-end";
import { useAction } from "../ui/use-action";
import { usePaged } from "../ui/use-paged";
import { ratioStyle, sizeOf } from "./size";

/** The pictures that match what the person looks for, the last stored first. */
export function Found() {
  const list = usePaged(async (cursor) => {
    const { pictures, next_cursor } = await getPictures(query.peek(), cursor);
    return { items: pictures, next: next_cursor };
  });
  const { error, run } = useAction();
  const wanted = `${JSON.stringify(query.value)} ${galleryEdition.value} ${binEdition.value}`;
  const listed = useRef(wanted);
  useEffect(() => {
    if (listed.current !== wanted) void list.reload();
    listed.current = wanted;
  }, [wanted]);
  // The viewer shows a picture of a generation that the page knows.
  const show = ({ id, generation }: ListedPicture) =>
    run(async () => {
      takeGeneration(await getGeneration(generation));
      open(id);
    });
  return (
    <>
      {list.items.value?.length === 0 && <p>No picture of yours fits. Try fewer words, or another album.</p>}
      <ul class="gallery-grid">
        {list.items.value?.map((picture) => (
          <li key={picture.id} style={ratioStyle(picture.aspect_ratio ?? "4:5")}>
            <FoundPicture picture={picture} onOpen={() => show(picture)} />
          </li>
        ))}
      </ul>
      {error.value && <ErrorNotice error={error.value} />}
      <PageEnd list={list} />
    </>
  );
}

function FoundPicture({ picture, onOpen }: { picture: ListedPicture; onOpen(): void }) {
  const { width, height } = sizeOf(picture.aspect_ratio ?? "4:5");
  return (
    <button type="button" class={`picture ${width > height ? "wide" : "tall"}`} onClick={onOpen}>
      <img
        src={imageAddress(picture.id)}
        alt={`You: ${picture.text}${picture.text_truncated ? "…" : ""}`}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
      />
    </button>
  );
}
