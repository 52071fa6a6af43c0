import { computed } from "@preact/signals";
import type { TargetedInputEvent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { draft, maya, refilled, write, field as written } from "../state/draft/composer";
import { isBlank } from "../state/draft/composer-draft";
import { inspectPaste } from "../state/draft/paste";
import { fieldMarks } from "../state/draft/remarks";
import { sayField } from "../state/talk/talk";
import { IconButton } from "../ui/button";
import { SendIcon } from "../ui/icons";
import { errorOf } from "./errors";
import { Marked } from "./marked";

const placeholder = computed(() =>
  maya.value && !isBlank(draft.value) ? "Say what should change" : "Describe the picture",
);

/** Words that could not be sent cannot be said to Maya either. */
const canSay = computed(() => draft.value.said.trim() !== "" && errorOf("text") === null);

const onInput = ({ currentTarget, inputType }: TargetedInputEvent<HTMLTextAreaElement>) => {
  write(currentTarget.value);
  if (inputType === "insertFromPaste" || inputType === "insertFromDrop") inspectPaste();
};

const onKeyDown = (event: KeyboardEvent) => {
  if (event.key !== "Enter" || event.isComposing || !maya.value) return;
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (canSay.value) sayField();
};

/** The composer's field, which grows with its text. */
export function Words() {
  const field = useRef<HTMLTextAreaElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const text = written.value;
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
          <Marked text={text} marks={fieldMarks.value} />{" "}
        </div>
        <textarea
          id="words"
          ref={field}
          rows={isBlank(draft.value) ? 2 : 1}
          placeholder={placeholder.value}
          enterkeyhint={maya.value ? "send" : "enter"}
          value={text}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : "words-error"}
          onKeyDown={onKeyDown}
          onInput={onInput}
          onScroll={({ currentTarget }) => layer.current?.scrollTo(0, currentTarget.scrollTop)}
        />
        {maya.value && (
          <IconButton
            label="Tell Maya"
            icon={<SendIcon />}
            disabled={!canSay.value}
            aria-keyshortcuts="Enter"
            onClick={sayField}
          />
        )}
      </div>
      {error !== null && (
        <p class="field-error" id="words-error">
          {error}
        </p>
      )}
    </div>
  );
}
