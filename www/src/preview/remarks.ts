// What the person should know before paying, from wherever it comes, in one list.
import { computed } from "@preact/signals";
import type { Finding, Fix, Severity } from "../api/types";
import { remembering } from "../state/direction";
import { draft } from "../state/draft";
import { maya } from "../state/maya";
import { type Range, replaced } from "../state/ranges";
import { sayField } from "../state/talk";
import { intended } from "./intended";
import { findings, preview } from "./preview";
import { variety } from "./variety";

export interface Remark {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The words it is about, unless the sentence has them. */
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
  const many = variety.value;
  const { text } = intended.value;
  return [
    ...(many.state === "many" && many.problem !== null ? [plain("too_many_pictures", "error", many.problem)] : none),
    ...warnings.map(({ code, message }) => plain(code, "warning", message)),
    // Of several prompts the findings are about the first, which stands nowhere in the person's text.
    ...findings.value.map((finding) =>
      many.state === "many" ? plain(finding.code, finding.severity, finding.message) : fromFinding(finding, text),
    ),
  ];
});

const plain = (code: string, severity: Severity, message: string): Remark => ({
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
  return {
    code,
    severity,
    message,
    words: words === null || message.includes(words) || words.length > 60 ? null : words,
    range,
    fix,
  };
}

function fromChoices({
  code,
  message,
  start,
  end,
}: {
  code: string;
  message: string;
  start: number;
  end: number;
}): Remark {
  return { code, severity: "error", message, words: null, range: start < end ? { start, end } : null, fix: null };
}

/** Carries out a fix. */
export function mend(fix: Fix): void {
  // What stands in the field becomes part of the text that the fix is made for.
  if (maya.peek()) sayField();
  const now = draft.peek();
  draft.value = remembering(now, { text: replaced(now.text, fix) });
}
