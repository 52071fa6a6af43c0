// The plan of a photoshoot: every shot with its final prompt, before anything is sent.
import type {
  Composition,
  NewShoot,
  PlannedShot,
  Preview,
  Refusal,
  ShootCost,
  ShootListing,
  ShootPlan,
  ShootRequest,
} from "../api/types";
import { isRefusal } from "../engine/refusal";
import { type Choice, garments } from "./choice";

/** The methods of a model's composer that a plan needs. */
export interface ShootComposer {
  expandShoot(request: ShootRequest): ShootPlan;
  preview(composition: Composition): Preview;
}

/** One shot, exactly as it is sent. */
export interface Shot {
  readonly index: number;
  readonly scene: string;
  readonly composition: Composition;
  readonly preview: Preview;
}

/** The shots that share an outfit, a light, a camera and a film. */
export interface LookPlan {
  readonly title: string;
  /** The look's own outfit, as a person would type it. */
  readonly outfit: string;
  readonly shots: readonly Shot[];
  /** Why the chosen outfit is refused. The shots then wear the look's own. */
  readonly refusal: Refusal | null;
}

export interface Plan {
  readonly looks: readonly LookPlan[];
  readonly chosen: readonly Shot[];
  /** Of the chosen shots. */
  readonly cost: ShootCost;
}

export function planOf(shoot: ShootListing, choice: Choice, composer: ShootComposer): Plan {
  const own = composer.expandShoot({ shoot: shoot.id, base_seed: choice.seed });
  const looks = shoot.looks.map((title) => {
    const shots = own.shots.filter(({ look }) => look === title);
    return lookOf(title, shots, shoot, choice, composer);
  });
  const chosen = looks.flatMap(({ shots }) => shots).filter(({ index }) => choice.shots.includes(index));
  const steps = chosen.reduce((sum, { preview }) => sum + preview.parameters.steps, 0);
  const secondsAStep = own.cost.gpu_seconds / Math.max(1, own.cost.steps);
  return { looks, chosen, cost: { pictures: chosen.length, steps, gpu_seconds: Math.ceil(steps * secondsAStep) } };
}

function lookOf(
  title: string,
  own: readonly PlannedShot[],
  shoot: ShootListing,
  choice: Choice,
  composer: ShootComposer,
): LookPlan {
  const outfit = (own[0]?.composition.slots?.wardrobe ?? []).join(", ");
  const wardrobe = garments(choice.outfits[title] ?? "");
  const shots = (of: readonly PlannedShot[]): Shot[] =>
    of.map(({ index, scene, composition: given }) => {
      const composition = { ...given, preset: choice.preset };
      return { index, scene, composition, preview: composer.preview(composition) };
    });
  if (wardrobe.length === 0) return { title, outfit, shots: shots(own), refusal: null };
  try {
    const worn = composer.expandShoot({
      shoot: shoot.id,
      base_seed: choice.seed,
      wardrobe,
      shots: own.map(({ index }) => index),
    });
    return { title, outfit, shots: shots(worn.shots), refusal: null };
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return { title, outfit, shots: shots(own), refusal: thrown };
  }
}

/** The request for the chosen shots. The studio expands it as the plan was expanded. */
export function shootOf(shoot: ShootListing, { shots, outfits, preset, seed }: Choice, model: string): NewShoot {
  const worn = Object.entries(outfits).flatMap(([look, outfit]) => {
    const own = garments(outfit);
    return own.length === 0 ? [] : [[look, own] as const];
  });
  return {
    model,
    collection: shoot.id,
    shots: [...shots],
    outfits: Object.fromEntries(worn),
    preset,
    overrides: { seed },
  };
}

/** The aspect ratio of most shots, and whether all of them have it. */
export function shapeOf(shots: readonly Pick<PlannedShot, "aspect_ratio">[]): {
  aspect: PlannedShot["aspect_ratio"];
  all: boolean;
} {
  const counts = new Map<PlannedShot["aspect_ratio"], number>();
  for (const { aspect_ratio } of shots) counts.set(aspect_ratio, (counts.get(aspect_ratio) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return { aspect: most?.[0] ?? "4:5", all: counts.size <= 1 };
}
