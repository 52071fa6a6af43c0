import type { Severity } from "../api/types";
import { pieces, type Range } from "../state/draft/text";

/** A text with the words underlined that remarks are about. */
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
