import { computed } from "@preact/signals";
import { intended } from "../preview/intended";
import { remarks } from "../preview/remarks";
import { field } from "../state/draft";

/** Words in the person's text that something is said of. */
export const marks = computed(() =>
  remarks.value.flatMap(({ range, severity }) => (range === null ? [] : [{ ...range, severity }])),
);

/** The same words in the field, where they still stand there as they were written. */
export const fieldMarks = computed(() => {
  const [written, text] = [field.value, intended.value.text];
  if (written === text) return marks.value;
  return marks.value.flatMap(({ start, end, severity }) => {
    const place = written.indexOf(text.slice(start, end));
    return place < 0 ? [] : [{ start: place, end: place + end - start, severity }];
  });
});
