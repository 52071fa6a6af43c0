import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Preview, TokenCounts } from "../api/types";
import { loadModules } from "../engine/modules";
import { type PreviewState, preview } from "../state/draft/preview";
import { variants, variety } from "../state/draft/variety";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { plural } from "../ui/format";
import { EffectTable } from "./effect-table";
import { PromptLegend, PromptText } from "./prompt-text";
import { RemarkList } from "./remark-list";

/** What Generate will send, and why, beside the conversation. */
export function PreviewPane() {
  return (
    <aside class="preview" id="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">What will be sent</h2>
      <Body state={preview.value} />
    </aside>
  );
}

function Body({ state }: { state: PreviewState }) {
  switch (state.state) {
    case "empty":
      return (
        <Quiet>
          Write a few words, and the finished prompt appears here with every setting, before anything is spent.
        </Quiet>
      );
    case "preparing":
      return <Quiet>Preparing preview…</Quiet>;
    case "unavailable":
      return (
        <>
          <Quiet>
            The preview could not be loaded. You can generate all the same: the studio composes the prompt itself.
          </Quiet>
          <Button kind="quiet" onClick={() => void loadModules()}>
            Load the preview again
          </Button>
        </>
      );
    case "refused":
      return <p class="preview-problem">{state.refusal.message}</p>;
    case "choices":
      return <RemarkList />;
    case "ready":
      return <Ready preview={state.preview} />;
  }
}

const Quiet = ({ children }: { children: ComponentChildren }) => <p class="preview-quiet">{children}</p>;

function Ready({ preview: { prompt, spans, counts, tokens, effects, enhancements, input } }: { preview: Preview }) {
  return (
    <>
      <Prompts />
      <PromptText spans={spans} cut={tokens.clip_cut?.at ?? null} />
      <PromptLegend cut={tokens.clip_cut !== null} />
      <RemarkList />
      <div class="preview-counts">
        <p>
          {plural(counts.words, "word")}, {plural(counts.characters, "character")}, trigger {times(counts.triggers)}
        </p>
        <CopyButton text={prompt} label="Copy prompt" />
        <LengthLine tokens={tokens} />
      </div>
      <h3>Settings</h3>
      <EffectTable effects={effects} enhancements={enhancements} caption="What becomes of each parameter" />
      <details class="exact">
        <summary>The exact request</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
        <pre data-input tabIndex={0} role="group" aria-label="The provider's input as JSON">
          {JSON.stringify(input, null, 2)}
        </pre>
      </details>
    </>
  );
}

const times = (count: number) => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);

/** Says that the prompt below is the first of several, and lists all of them on demand. */
function Prompts() {
  const open = useSignal(false);
  const known = variety.value;
  if (known.state !== "many") return null;
  return (
    <div class="prompts">
      <p>{known.prompts === 1 ? "The one prompt that your choices make:" : `The first of ${known.prompts} prompts:`}</p>
      {known.tooMany === null && known.prompts > 1 && (
        <details onToggle={({ currentTarget }) => (open.value = currentTarget.open)}>
          <summary>All {known.prompts} prompts</summary>
          {open.value && (
            <ol class="prompt-list">
              {variants().map(({ text }, index) => (
                <li key={index}>{text}</li>
              ))}
            </ol>
          )}
        </details>
      )}
    </div>
  );
}

/** The most pieces of words that FLUX reads of a prompt, and the most that set the overall style. */
const READ = 512;
const STYLED = 77;

/** The prompt's length as FLUX counts it, in tokens. */
function LengthLine({ tokens: { clip, t5, exact, clip_cut } }: { tokens: TokenCounts }) {
  const beginning = clip_cut === null ? "its first words" : "its beginning, up to the mark";
  return (
    <p class="preview-length">
      <span class="preview-length-count">
        {exact ? "" : "about "}
        {t5} of {READ}
      </span>{" "}
      pieces of words that a picture can be made from.{" "}
      {clip > STYLED ? `The overall style comes from ${beginning}.` : "The overall style comes from all of it."}
    </p>
  );
}
