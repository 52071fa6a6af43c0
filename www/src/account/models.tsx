import type { Model } from "../api/types";
import { choices, choicesError, loadModels } from "../state/models";
import { Button } from "../ui/button";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";

/** The models that are the person's own. */
export function Models() {
  const models = choices.value?.models;
  return (
    <section class="screen-section" aria-labelledby="models-title">
      <h2 id="models-title">Your models</h2>
      <p class="screen-words">
        A model has learned your face from your photographs. Each belongs to you alone: nobody else here can make
        pictures with it.
      </p>
      {choicesError.value && (
        <ErrorNotice error={choicesError.value}>
          <Button onClick={() => void loadModels()}>Try again</Button>
        </ErrorNotice>
      )}
      {models?.length === 0 && <p>There is none yet. Your studio adds it once it is trained.</p>}
      <ul class="entries">
        {models?.map((model) => (
          <li key={model.id} class="entry">
            <ModelEntry model={model} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ModelEntry({ model }: ModelProps) {
  const { label, provider_model, version, trigger, class_word, created_at, state, proof, consent } = model;
  return (
    <>
      <p>
        {label}
        {state === "retired" && <strong class="tag">Retired: it makes no new pictures</strong>}
        {state === "active" && proof === "not_proven" && (
          <strong class="tag">It has no effect on pictures, so it cannot be used. Ask your studio.</strong>
        )}
      </p>
      <p class="small-print">
        {consent === null ? (
          "Nobody wrote down who agreed to its use. Ask your studio to do so."
        ) : (
          <>
            <q>{consent.words}</q> Attested by {consent.by}, <Moment at={consent.at} />.
          </>
        )}
      </p>
      <p class="small-print">
        Yours since <Moment at={created_at} />. In prompts you are <code>{trigger}</code>, a {class_word}.
      </p>
      <p class="small-print">
        <code>{provider_model}</code>, version <code title={version}>{version.slice(0, 12)}</code>
      </p>
    </>
  );
}

interface ModelProps {
  model: Model;
}
