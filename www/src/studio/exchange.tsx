import type { NewTurn } from "../api/types";
import { refilled } from "../state/draft/composer";
import { say } from "../state/talk/talk";

/** What was said and answered. `current`: the suggestions still apply. */
export function ExchangeTurn({ turn, current }: { turn: NewTurn; current: boolean }) {
  const { question, suggestions } = turn;
  const [person, maya] = turn.by === "person" ? [turn.said, turn.reply] : [turn.reply, turn.said];
  const take = (event: MouseEvent, words: string) => {
    // A key pressed the button, which disappears: the focus moves to the composer.
    if (event.detail === 0) refilled.value = true;
    say(words);
  };
  return (
    <div class="turn exchange">
      {person !== "" && (
        <div class="said">
          <p class="visually-hidden">You:</p>
          <p class="said-words">{person}</p>
        </div>
      )}
      <div class="answer">
        <p class="answer-name">Maya</p>
        <p class="exchange-words">{maya}</p>
        {question !== null && question !== maya && <p class="exchange-words">{question}</p>}
        {current && suggestions.length > 0 && (
          <ul class="next-steps" aria-label="You could say">
            {suggestions.map((words) => (
              <li key={words}>
                <button type="button" onClick={(event) => take(event, words)}>
                  {words}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
