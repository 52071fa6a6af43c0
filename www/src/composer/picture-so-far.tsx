import { useId } from "preact/hooks";
import { draft, maya } from "../state/draft/composer";
import { type ComposerDraft, isBlank } from "../state/draft/composer-draft";
import { withUndo } from "../state/draft/direction";
import { marks } from "../state/draft/remarks";
import { groups, withEntry } from "../state/draft/slots";
import { startOver, undo } from "../state/talk/talk";
import { Button } from "../ui/button";
import { UndoIcon } from "../ui/icons";
import { Chip } from "./chip";
import { Marked } from "./marked";

/** The description so far, sorted by kind. Every entry can be changed or removed. */
export function PictureSoFar() {
  const titleId = useId();
  const { slots, text, past } = draft.value;
  const shown = groups(slots);
  const own = maya.value ? text : "";
  const nothing = shown.length === 0 && own.trim() === "";
  if (nothing && (past.length === 0 || !maya.value)) return null;
  return (
    <section class="so-far" aria-labelledby={titleId}>
      <div class="so-far-head">
        <h2 id={titleId}>{nothing ? "The picture is empty again" : "The picture so far"}</h2>
        {past.length > 0 && (
          <Button kind="quiet" icon={<UndoIcon />} onClick={undo}>
            Undo
          </Button>
        )}
        {!isBlank(draft.value) && maya.value && (
          <Button kind="quiet" onClick={startOver}>
            Start over
          </Button>
        )}
      </div>
      {!nothing && (
        <dl class="so-far-groups">
          {shown.map(({ name, title, entries }) => (
            <div key={name} class="so-far-group">
              <dt>{title}</dt>
              {entries.map((entry, index) => (
                <dd key={`${index}-${entry}`}>
                  <Chip text={entry} onChange={(words) => set({ slots: withEntry(slots, name, index, words) })} />
                </dd>
              ))}
            </div>
          ))}
          {own.trim() !== "" && (
            <div class="so-far-group">
              <dt>In your words</dt>
              <dd>
                <Chip text={own} onChange={(words) => set({ text: words })}>
                  <Marked text={own} marks={draft.value.said.trim() === "" ? marks.value : []} />
                </Chip>
              </dd>
            </div>
          )}
        </dl>
      )}
    </section>
  );
}

const set = (part: Partial<ComposerDraft>) => {
  draft.value = withUndo(draft.peek(), part);
};
