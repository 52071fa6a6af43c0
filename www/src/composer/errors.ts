// Errors of the preview and of the studio, each for the field that it names.
import { computed } from "@preact/signals";
import { fullModule } from "../engine/modules";
import { overrideNames } from "../state/draft/composer-draft";
import { preview } from "../state/draft/preview";
import { variety } from "../state/draft/variety";
import { refused } from "../state/sending/submit";

const previewRefusal = computed(() => (preview.value.state === "refused" ? preview.value.refusal : null));

/** The studio would refuse this request. When the preview itself failed, only the studio can tell. */
export const unsendable = computed(
  () => (previewRefusal.value !== null && previewRefusal.value.code !== "internal") || choicesUnusable.value,
);

/** The choices in the words cannot become prompts. */
const choicesUnusable = computed(() => {
  const known = variety.value;
  return known.state === "faulty" || known.state === "unknown" || (known.state === "many" && known.tooMany !== null);
});

/** Fields that show their own errors. */
const placed = new Set([
  "text",
  "pictures",
  "enhancements",
  ...[...overrideNames, "seed"].map((name) => `overrides.${name}`),
]);

const NO_CHOICES =
  "Choices in braces need a part of the page that could not be loaded. Reload to try again, or write without braces.";

/** The sentence to show beside `field`. */
export function errorOf(field: string): string | null {
  if (previewRefusal.value?.field === field) return previewRefusal.value.message;
  if (field === "text" && variety.value.state === "faulty") return variety.value.error.message;
  if (field === "text" && variety.value.state === "unknown" && fullModule.value.state === "failed") return NO_CHOICES;
  if (refused.value?.field === field) return refused.value.message;
  return null;
}

/** The studio's error when it names a field that the composer does not show. */
export const unplacedError = computed(() => {
  const field = refused.value?.field ?? null;
  return field !== null && !placed.has(field) ? (refused.value?.message ?? null) : null;
});

/** Whether the error names one of the settings, which then open. */
export const settingAtFault = computed(() => {
  const field = previewRefusal.value?.field ?? refused.value?.field ?? "";
  return field === "enhancements" || field.startsWith("overrides.");
});
