import { imageAddress } from "../api/endpoints";
import type { Generation, Picture } from "../api/types";
import { altText } from "../state/history/describe";
import { open } from "../state/history/viewing";
import { sizeOf } from "./size";

/** A stored picture that opens in the viewer. */
export function PictureButton({ generation, picture }: { generation: Generation; picture: Picture }) {
  const { width, height } = sizeOf(picture.recipe.input.aspect_ratio);
  return (
    <button type="button" class={`picture ${width > height ? "wide" : "tall"}`} onClick={() => open(picture.id)}>
      <img
        src={imageAddress(picture.id)}
        alt={altText(generation, picture)}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
      />
    </button>
  );
}
