// What the person should know before paying, from every source, in one list.
import { computed } from "@preact/signals";
import type { Finding, Fix, Severity, VariantError } from "../../api/types";
import { field } from "./composer";
import { intended } from "./intended";
import { preview } from "./preview";
import type { Range } from "./text";
import { variety } from "./variety";

export interface Remark {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The words it is about, unless the message quotes them. */
  readonly words: string | null;
  /** Where they stand in the person's text. */
  readonly range: Range | null;
  readonly fix: Fix | null;
}

const none: readonly Remark[] = [];

export const remarks = computed<readonly Remark[]>(() => {
  const state = preview.value;
  if (state.state === "choices") return [fromChoices(state.error)];
  if (state.state !== "ready") return none;
  const { warnings } = state.preview;
  const known = variety.value;
  const many = known.state === "many";
  const { text } = intended.value;
  return [
    ...(many && known.tooMany !== null ? [remark("too_many_pictures", "error", known.tooMany)] : none),
    ...warnings.map(({ code, message }) => remark(code, "warning", message)),
    // Of several prompts, the findings are about the first, whose words the person's text does not have as such.
    ...state.findings.map((finding) =>
      many ? remark(finding.code, finding.severity, finding.message) : fromFinding(finding, text),
    ),
  ];
});

const remark = (code: string, severity: Severity, message: string): Remark => ({
  code,
  severity,
  message,
  words: null,
  range: null,
  fix: null,
});

function fromFinding({ code, severity, message, field, start, end, fix }: Finding, text: string): Remark {
  const range = field === "text" && start < end ? { start, end } : null;
  const words = range === null ? null : text.slice(start, end);
  const quoted = words === null || message.includes(words) || words.length > 60;
  return { code, severity, message, words: quoted ? null : words, range, fix };
}

const fromChoices = ({ code, message, start, end }: VariantError): Remark => ({
  ...remark(code, "error", message),
  range: start < end ? { start, end } : null,
});

/** The ranges of the person's text that remarks are about. */
export const marks = computed(() =>
  remarks.value.flatMap(({ range, severity }) => (range === null ? [] : [{ ...range, severity }])),
);

/** The same ranges in the field, for words that stand there as they do in the text. */
export const fieldMarks = computed(() => {
  const [written, text] = [field.value, intended.value.text];
  if (written === text) return marks.value;
  return marks.value.flatMap(({ start, end, severity }) => {
    const place = written.indexOf(text.slice(start, end));
    return place < 0 ? [] : [{ start: place, end: place + end - start, severity }];
  });
});
