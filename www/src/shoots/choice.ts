// What a person has chosen for each photoshoot. It lasts as long as the page.
import { type Signal, signal } from "@preact/signals";
import type { PresetId, ShootListing } from "../api/types";
import { drawSeed } from "../state/draft/seed";

export interface Choice {
  /** The indices of the chosen shots, ascending. */
  readonly shots: readonly number[];
  /** Outfits that replace a look's own, by the look's title. */
  readonly outfits: Readonly<Record<string, string>>;
  /** The seed of the first shot; each further shot adds one. */
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

/** The choice with one shot added or removed. */
export function toggled(choice: Choice, shot: number, chosen: boolean): Choice {
  const others = choice.shots.filter((one) => one !== shot);
  return { ...choice, shots: chosen ? [...others, shot].sort((a, b) => a - b) : others };
}

/** The garments of an outfit as it is typed, separated by commas or semicolons. */
export const garments = (outfit: string): string[] =>
  outfit
    .split(/[,;]/)
    .map((garment) => garment.trim())
    .filter((garment) => garment !== "");
