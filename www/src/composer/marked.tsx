import type { Severity } from "../api/types";
import { pieces, type Range } from "../state/draft/text";

/** A text that underlines the words with remarks. */
export function Marked({ text, marks }: { text: string; marks: readonly (Range & { severity: Severity })[] }) {
  return (
    <>
      {pieces(text, marks).map(({ text: piece, mark }, index) =>
        mark === null ? (
          piece
        ) : (
          <span key={index} class={`marked marked-${mark.severity}`}>
            {piece}
          </span>
        ),
      )}
    </>
  );
}
