import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { change, draft, refilled } from "../state/draft";
import { errorOf } from "./errors";

/** The person's own words, in a field that grows with them. */
export function Words() {
  const field = useRef<HTMLTextAreaElement>(null);
  const { text } = draft.value;
  const error = errorOf("text");

  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    if (!refilled.value) return;
    refilled.value = false;
    field.current?.focus();
  }, [refilled.value]);

  return (
    <div class="words">
      <label class="visually-hidden" for="words">
        Describe the picture
      </label>
      <textarea
        id="words"
        ref={field}
        rows={2}
        placeholder="Describe the picture"
        value={text}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : "words-error"}
        onInput={({ currentTarget }) => change({ text: currentTarget.value })}
      />
      {error !== null && (
        <p class="field-error" id="words-error">
          {error}
        </p>
      )}
    </div>
  );
}
