import { useSignal } from "@preact/signals";
import { variants, variety } from "../state/draft/variety";

/** Says that the prompt below is the first of several, and lists all of them on demand. */
export function Prompts() {
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
