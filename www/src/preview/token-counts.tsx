import type { TokenCounts } from "../api/types";

/** What each encoder reads at most. */
const T5_READS = 512;
const CLIP_READS = 77;

/** How long the prompt is for those who read it. */
export function TokenLine({ tokens: { clip, t5, exact } }: { tokens: TokenCounts }) {
  const about = exact ? "" : "about ";
  return (
    <p class="preview-tokens">
      <span class="preview-token-count">
        {about}
        {t5} of {T5_READS}
      </span>{" "}
      tokens (pieces of words) that the picture is made from. The style encoder counts {about}
      {clip}
      {clip > CLIP_READS ? ` and reads the first ${CLIP_READS}.` : ` of its ${CLIP_READS}.`}
    </p>
  );
}
