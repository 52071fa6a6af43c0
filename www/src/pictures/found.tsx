import { useEffect, useRef } from "preact/hooks";
import { getGeneration, getPictures } from "../api/endpoints";
import type { ListedPicture } from "../api/types";
import { galleryEdition, query } from "../state/gallery";
import { binEdition, takeGeneration } from "../state/history/history";
import { open } from "../state/history/viewing";
import { ErrorNotice } from "../ui/notice";
import { PageEnd } from "../ui/page-end";
import { useAction } from "../ui/use-action";
import { usePaged } from "../ui/use-paged";
import { PictureFile } from "./picture-button";
import { ratioStyle } from "./size";

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
      {list.items.value?.length === 0 && <p>No pictures match. Try fewer words, another album, or all pictures.</p>}
      <ul class="gallery-grid">
        {list.items.value?.map((picture) => (
          <li key={picture.id} style={ratioStyle(picture.aspect_ratio ?? "4:5")}>
            <PictureFile
              id={picture.id}
              aspect={picture.aspect_ratio ?? "4:5"}
              alt={`You: ${picture.text}${picture.text_truncated ? "…" : ""}`}
              onOpen={() => show(picture)}
            />
          </li>
        ))}
      </ul>
      {error.value && <ErrorNotice error={error.value} />}
      <PageEnd list={list} />
    </>
  );
}
