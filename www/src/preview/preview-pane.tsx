import type { ComponentChildren } from "preact";
import type { Preview } from "../api/types";
import { loadModules } from "../engine/modules";
import { type PreviewState, preview } from "../state/draft/preview";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { plural } from "../ui/plural";
import { EffectTable } from "./effect-table";
import { PromptLegend, PromptText } from "./prompt-text";
import { Prompts } from "./prompts";
import { RemarkList } from "./remark-list";
import { TokenCounts } from "./token-counts";

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

function Ready({ preview: { prompt, spans, counts, tokens, effects, input } }: { preview: Preview }) {
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
        <TokenCounts tokens={tokens} />
      </div>
      <h3>Settings</h3>
      <EffectTable effects={effects} caption="What becomes of each parameter" />
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
