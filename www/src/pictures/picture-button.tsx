import { imageAddress } from "../api/endpoints";
import type { PictureSummary } from "../api/types";
import { altText, aspectOf } from "../state/history/describe";
import type { Listed } from "../state/history/timeline";
import { open } from "../state/history/viewing";
import { sizeOf, sourcesOf } from "./size";

/** A stored picture that opens in the viewer. */
export function PictureButton({
  generation,
  picture,
}: {
  generation: Listed;
  picture: Pick<PictureSummary, "id" | "index">;
}) {
  const { width, height } = sizeOf(aspectOf(generation));
  return (
    <button type="button" class={`picture ${width > height ? "wide" : "tall"}`} onClick={() => open(picture.id)}>
      <img
        src={imageAddress(picture.id)}
        srcset={sourcesOf(picture.id, aspectOf(generation))}
        sizes="(max-width: 40rem) 50vw, 26rem"
        alt={altText(generation, picture)}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
      />
    </button>
  );
}
