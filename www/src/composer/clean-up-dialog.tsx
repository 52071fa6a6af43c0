import type { Import, Overrides } from "../api/types";
import { parameterNames } from "../preview/effect-table";
import { cleanUp, offer, reviewing } from "../state/draft/paste";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

/** Shows what cleaning up would change, and applies it. */
export function CleanUpDialog() {
  const made = offer.value;
  if (made === null) return null;
  const onClose = () => {
    reviewing.value = false;
  };
  const apply = () => {
    onClose();
    cleanUp(made);
    document.getElementById("words")?.focus();
  };
  return (
    <Dialog class="clean-up" labelledBy="clean-up-title" onClose={onClose}>
      <h2 id="clean-up-title">Clean up what you pasted</h2>
      <Diff diff={made.diff} />
      <Moved made={made} />
      <Dropped made={made} />
      <Advice made={made} />
      <div class="confirm-actions">
        <Button onClick={onClose}>Keep it as it is</Button>
        <Button kind="primary" onClick={apply}>
          Apply
        </Button>
      </div>
    </Dialog>
  );
}

function Diff({ diff }: Pick<Import, "diff">) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div class="diff" tabIndex={0} role="group" aria-label="What stays, what goes and what is new">
      {diff.map(({ kind, text }, index) =>
        kind === "removed" ? (
          <del key={index}>{text}</del>
        ) : kind === "added" ? (
          <ins key={index}>{text}</ins>
        ) : (
          <span key={index}>{text}</span>
        ),
      )}
    </div>
  );
}

function Moved({ made: { moved } }: { made: Import }) {
  const settings = Object.entries(moved) as [keyof Overrides, unknown][];
  if (settings.length === 0) return null;
  return (
    <section>
      <h3>Becomes a setting</h3>
      <dl class="clean-up-moved">
        {settings.map(([name, value]) => (
          <div key={name}>
            <dt>{parameterNames[name]}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Dropped({ made: { dropped } }: { made: Import }) {
  if (dropped.length === 0) return null;
  return (
    <section>
      <h3>Goes, and why</h3>
      <ul class="clean-up-list">
        {dropped.map(({ text, reason }, index) => (
          <li key={index}>
            <code>{text.length > 160 ? `${text.slice(0, 160)}…` : text}</code>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The notices that the lists above do not cover. */
function Advice({ made: { notices } }: { made: Import }) {
  const told = notices.filter(({ code }) => code !== "moved");
  if (told.length === 0) return null;
  return (
    <section>
      <h3>Good to know</h3>
      <ul class="clean-up-list">
        {told.map(({ code, message, suggestions }) => (
          <li key={code}>
            <span>{message}</span>
            {suggestions.length > 0 && <span class="clean-up-suggestions">{suggestions.join(", ")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
