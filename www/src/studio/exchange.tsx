import { refilled } from "../state/draft/composer";
import { say } from "../state/talk/talk";
import type { Exchange } from "../state/talk/talk-log";

/** What a person said to Maya and what she answered. `current`: her suggestions still apply. */
export function ExchangeTurn({
  exchange: { said, answer, question, next },
  current,
}: {
  exchange: Exchange;
  current: boolean;
}) {
  const take = (event: MouseEvent, words: string) => {
    // A key pressed the button, which disappears: the focus moves to the composer.
    if (event.detail === 0) refilled.value = true;
    say(words);
  };
  return (
    <div class="turn exchange">
      <div class="said">
        <p class="visually-hidden">You:</p>
        <p class="said-words">{said}</p>
      </div>
      <div class="answer">
        <p class="answer-name">Maya</p>
        <p class="exchange-words">{answer}</p>
        {question !== null && question !== answer && <p class="exchange-words">{question}</p>}
        {current && next.length > 0 && (
          <ul class="next-steps" aria-label="You could say">
            {next.map((words) => (
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
