import { suggest } from "../state/draft/composer";
import { choices, choicesError, chosenModel, loadModels } from "../state/models";
import { me } from "../state/session";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";

const ideas = [
  "By a tall window in soft morning light, white linen shirt, looking out, close portrait",
  "Walking through an old town after rain, long grey coat, evening street lamps, full figure",
  "At a wooden table with a cup of coffee, dark wool jumper, late sun from the side, half smile",
];

/** The conversation before its first word. */
export function Welcome() {
  if (choicesError.value) {
    return (
      <ErrorNotice error={choicesError.value}>
        <Button onClick={() => void loadModels()}>Try again</Button>
      </ErrorNotice>
    );
  }
  if (choices.value !== null && chosenModel.value === null) {
    return (
      <div class="welcome">
        <h2>Almost there, {me()?.name}.</h2>
        <p>There is no model of you here yet. Your studio adds it once it is trained; then you can begin.</p>
      </div>
    );
  }
  return (
    <div class="welcome">
      <h2>What should the picture show, {me()?.name}?</h2>
      <p>Say where you are, what you wear, and where the light comes from. Here is a way to begin:</p>
      <ul class="ideas">
        {ideas.map((idea) => (
          <li key={idea}>
            <button type="button" onClick={() => suggest(idea)}>
              {idea}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
