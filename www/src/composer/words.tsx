import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { change, draft, refilled } from "../state/draft";
import { errorOf } from "./errors";
import { Marked } from "./marked";
import { marks } from "./marks";

/** The person's own words, in a field that grows with them. */
export function Words() {
  const field = useRef<HTMLTextAreaElement>(null);
  const layer = useRef<HTMLDivElement>(null);
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
      <div class="words-field">
        <div class="words-marks" ref={layer} aria-hidden="true">
          <Marked text={text} marks={marks.value} />{" "}
        </div>
        <textarea
          id="words"
          ref={field}
          rows={2}
          placeholder="Describe the picture"
          value={text}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : "words-error"}
          onInput={({ currentTarget }) => change({ text: currentTarget.value })}
          onScroll={({ currentTarget }) => layer.current?.scrollTo(0, currentTarget.scrollTop)}
        />
      </div>
      {error !== null && (
        <p class="field-error" id="words-error">
          {error}
        </p>
      )}
    </div>
  );
}
