import { imageAddress } from "../api/endpoints";
import type { Generation, Picture } from "../api/types";
import { shownBy } from "../state/request";
import { open } from "../viewer/viewing";
import { sizeOf } from "./size";

/** A stored picture; pressing it opens it large. */
export function PictureButton({ generation, picture }: { generation: Generation; picture: Picture }) {
  const { width, height } = sizeOf(picture.recipe.input.aspect_ratio);
  return (
    <button type="button" class={`picture ${width > height ? "wide" : "tall"}`} onClick={() => open(picture.id)}>
      <img
        src={imageAddress(picture.id)}
        alt={describe(generation, picture)}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
      />
    </button>
  );
}

/** A picture in words, for those who do not see it: what it was asked to show. */
export function describe(generation: Generation, { index }: Picture): string {
  const { request } = generation;
  const shown = shownBy(generation);
  const words = shown.length > 140 ? `${shown.slice(0, 139)}…` : shown;
  return request.pictures === 1 ? `You: ${words}` : `You, picture ${index + 1}: ${words}`;
}
