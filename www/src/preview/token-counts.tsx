import type { TokenCounts as Counts } from "../api/types";

/** The most tokens that each text encoder reads. */
const T5_LIMIT = 512;
const CLIP_LIMIT = 77;

/** The prompt's length as the two text encoders count it. */
export function TokenCounts({ tokens: { clip, t5, exact } }: { tokens: Counts }) {
  const about = exact ? "" : "about ";
  return (
    <p class="preview-tokens">
      <span class="preview-token-count">
        {about}
        {t5} of {T5_LIMIT}
      </span>{" "}
      tokens (pieces of words) that the picture is made from. The style encoder counts {about}
      {clip}
      {clip > CLIP_LIMIT ? ` and reads the first ${CLIP_LIMIT}.` : ` of its ${CLIP_LIMIT}.`}
    </p>
  );
}
