// Errors of the preview and of the studio, each beside the field it names.
import { computed } from "@preact/signals";
import { tools } from "../preview/engine";
import { preview } from "../preview/preview";
import { variety } from "../preview/variety";
import { refused } from "../state/submit";

const problem = computed(() => (preview.value.state === "problem" ? preview.value.problem : null));

/** The preview is sure that the studio would refuse; when the preview itself failed, the studio decides. */
export const certainProblem = computed(
  () => (problem.value !== null && problem.value.code !== "internal") || choicesProblem.value,
);

/** The choices in the words cannot be made into prompts. */
const choicesProblem = computed(() => {
  const known = variety.value;
  return known.state === "faulty" || known.state === "unknown" || (known.state === "many" && known.problem !== null);
});

/** Fields that have a place of their own. */
const placed = new Set([
  "text",
  "pictures",
  ...[
    "guidance",
    "steps",
    "lora_scale",
    "aspect_ratio",
    "megapixels",
    "seed",
    "output_format",
    "output_quality",
    "go_fast",
  ].map((name) => `overrides.${name}`),
]);

const NO_CHOICES =
  "Choices in braces need a part of the page that could not be loaded. Reload to try again, or write without braces.";

/** The sentence to show beside `field`. */
export function errorOf(field: string): string | null {
  if (problem.value?.field === field) return problem.value.message;
  if (field === "text" && variety.value.state === "faulty") return variety.value.error.message;
  if (field === "text" && variety.value.state === "unknown" && tools.value.state === "failed") return NO_CHOICES;
  if (refused.value?.field === field) return refused.value.message;
  return null;
}

/** An error that names a field which has no place in the composer. */
export const unplacedError = computed(() => {
  const field = refused.value?.field ?? null;
  return field !== null && !placed.has(field) ? (refused.value?.message ?? null) : null;
});

/** Whether a setting behind the disclosure is at fault. */
export const settingAtFault = computed(() =>
  (problem.value?.field ?? refused.value?.field ?? "").startsWith("overrides."),
);
