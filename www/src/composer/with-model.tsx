import type { ComponentChildren } from "preact";
import { type Choices, choices, choicesError, chosenModel, loadModels, type OwnModel } from "../state/models";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";

interface WithModelProps {
  /** The heading of the screen, while there is nothing else to show. */
  title: string;
  /** The screen for the chosen model. */
  children(model: OwnModel, choices: Choices): ComponentChildren;
}

/** Shows a screen once there is a model to make pictures with, and says why there is none before that. */
export function WithModel({ title, children }: WithModelProps) {
  const model = chosenModel.value;
  if (choicesError.value)
    return (
      <div class="plain-page">
        <h1 tabIndex={-1}>{title}</h1>
        <ErrorNotice error={choicesError.value}>
          <Button onClick={() => void loadModels()}>Try again</Button>
        </ErrorNotice>
      </div>
    );
  if (choices.value === null) return <p class="opening">Loading your models…</p>;
  if (model === null)
    return (
      <div class="plain-page">
        <h1 tabIndex={-1}>{title}</h1>
        <p>There is no model of you here yet. Your studio adds it once it is trained; then you can begin here.</p>
      </div>
    );
  return children(model, choices.value);
}
