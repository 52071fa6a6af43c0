// What a person has chosen for each shoot, kept for as long as the page is open.
import { type Signal, signal } from "@preact/signals";
import type { PresetId, ShootListing } from "../api/types";
import { drawSeed } from "../state/seed";

export interface Choice {
  /** The indices of the shots that will be made, ascending. */
  readonly shots: readonly number[];
  /** What is worn in every shot of a look, by the look's title, where it is not the look's own. */
  readonly outfits: Readonly<Record<string, string>>;
  /** The seed of the first shot; every further one counts up from it. */
  readonly seed: number;
  readonly preset: PresetId;
}

const choices = new Map<string, Signal<Choice>>();

export const freshChoice = ({ scenes, preset }: ShootListing, seed: number): Choice => ({
  shots: scenes.map((_, index) => index),
  outfits: {},
  seed,
  preset,
});

export function choiceFor(shoot: ShootListing): Signal<Choice> {
  const known = choices.get(shoot.id);
  if (known !== undefined) return known;
  const fresh = signal(freshChoice(shoot, drawSeed()));
  choices.set(shoot.id, fresh);
  return fresh;
}

/** The choice with one shot taken in or left out. */
export function toggled(choice: Choice, shot: number, chosen: boolean): Choice {
  const others = choice.shots.filter((one) => one !== shot);
  return { ...choice, shots: chosen ? [...others, shot].sort((a, b) => a - b) : others };
}

/** The garments of an outfit as it is typed: separated by commas. */
export const garments = (outfit: string): string[] =>
  outfit
    .split(/[,;]/)
    .map((garment) => garment.trim())
    .filter((garment) => garment !== "");

/** A seed as it is typed, or null. */
export function seedIn(text: string): number | null {
  const seed = Number(text);
  return /^\d+$/.test(text.trim()) && seed >= 1 && seed <= 4_294_967_295 ? seed : null;
}
