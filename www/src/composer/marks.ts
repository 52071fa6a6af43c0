import { computed } from "@preact/signals";
import { remarks } from "../preview/remarks";

/** Words in the person's text that something is said of. */
export const marks = computed(() => remarks.value.flatMap(({ range, severity }) => (range === null ? [] : [{ ...range, severity }])));
