import { getPreferences } from "../api/endpoints";
import type { ValuePreference } from "../api/types";
import { plural } from "../ui/format";
import { useLoaded } from "../ui/use-loaded";

/** How often this person preferred the preset to another one. Nothing is said before the first vote. */
export function PresetVotes({ preset }: { preset: string }) {
  const { value } = useLoaded(getPreferences);
  const votes = value.value?.parameters
    .find(({ parameter }) => parameter === "preset")
    ?.values.find((one) => one.value === preset);
  return votes === undefined ? null : <span>{votesIn(votes)}</span>;
}

const percent = (share: number): number => Math.round(share * 100);

/** The votes in words, with the interval that holds the share with 95 % confidence. */
export function votesIn({ wins, losses, ties, share }: ValuePreference): string {
  const equal = ties === 0 ? "" : ` ${plural(ties, "vote")} for neither.`;
  if (share === null) return `Your votes:${equal}`;
  const { low, high } = share;
  return `Your votes: preferred in ${wins} of ${wins + losses}, so between ${percent(low)} and ${percent(high)} % of the time.${equal}`;
}
