import { imageAddress } from "../api/endpoints";
import type { AspectRatio, PictureSummary } from "../api/types";
import { altText, aspectOf } from "../state/history/describe";
import type { Listed } from "../state/history/timeline";
import { open } from "../state/history/viewing";
import { sizeOf, sourcesOf } from "./size";

interface PictureButtonProps {
  generation: Listed;
  picture: Pick<PictureSummary, "id" | "index">;
}

/** A stored picture of a known generation, which opens in the viewer. */
export function PictureButton({ generation, picture }: PictureButtonProps) {
  return (
    <PictureFile
      id={picture.id}
      aspect={aspectOf(generation)}
      alt={altText(generation, picture)}
      onOpen={() => open(picture.id)}
    />
  );
}

interface PictureFileProps {
  /** The picture's id. */
  id: string;
  aspect: AspectRatio;
  alt: string;
  onOpen(): void;
}

/** A stored picture in the size that its place takes, as a button. */
export function PictureFile({ id, aspect, alt, onOpen }: PictureFileProps) {
  const { width, height } = sizeOf(aspect);
  return (
    <button type="button" class={`picture ${width > height ? "wide" : "tall"}`} onClick={onOpen}>
      <img
        src={imageAddress(id)}
        srcset={sourcesOf(id, aspect)}
        sizes="(max-width: 40rem) 50vw, 26rem"
        alt={alt}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
      />
    </button>
  );
}
