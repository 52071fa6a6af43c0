import assert from "node:assert/strict";
import { test } from "node:test";
import type { Composition, PlannedShot, Preview, ShootListing, ShootPlan, ShootRequest } from "../api/types";
import { type Choice, freshChoice } from "./choice";
import { planOf, type ShootComposer, shapeOf, shootOf } from "./plan";

const shoot: ShootListing = {
  id: "s",
  version: 1,
  title: "S",
  preset: "natural",
  looks: ["Day", "Night"],
  scenes: ["a", "b", "c"],
};
const lookOf = (index: number) => (index < 2 ? "Day" : "Night");

/** A composer whose prompts are the garments. */
function composer(refused: string | null = null): ShootComposer & { requests: ShootRequest[] } {
  const requests: ShootRequest[] = [];
  return {
    requests,
    expandShoot(request) {
      requests.push(request);
      if (refused !== null && request.wardrobe?.includes(refused))
        throw { code: "prompt_too_long", field: "wardrobe", message: "Too long." };
      const shots = (request.shots ?? [0, 1, 2]).map((index) => {
        const slots = { wardrobe: request.wardrobe ?? [`own ${lookOf(index)}`, "boots"] };
        const composition: Composition = {
          text: "",
          slots,
          preset: "natural",
          overrides: { seed: request.base_seed + index },
          pictures: 1,
        };
        return { index, look: lookOf(index), scene: shoot.scenes[index], composition } as PlannedShot;
      });
      return {
        shoot: "s",
        version: 1,
        shots,
        count: shots.length,
        cost: { pictures: 3, steps: 70, gpu_seconds: 10 },
      } as ShootPlan;
    },
    preview: ({ slots, preset }) =>
      ({ prompt: String(slots?.wardrobe), parameters: { steps: preset === "likeness" ? 50 : 28 } }) as Preview,
  };
}

const all: Choice = freshChoice(shoot, 100);

test("shots are grouped by look, with its own outfit and ascending seeds", () => {
  const plan = planOf(shoot, all, composer());
  assert.deepEqual(
    plan.looks.map(({ title, outfit, shots }) => [
      title,
      outfit,
      shots.map(({ scene, composition }) => [scene, composition.overrides?.seed]),
    ]),
    [
      [
        "Day",
        "own Day, boots",
        [
          ["a", 100],
          ["b", 101],
        ],
      ],
      ["Night", "own Night, boots", [["c", 102]]],
    ],
  );
  assert.deepEqual(plan.cost, { pictures: 3, steps: 84, gpu_seconds: 12 });
});

test("one outfit is worn in all shots of its look, and in no other", () => {
  const plan = planOf(shoot, { ...all, outfits: { Day: "red coat, hat" } }, composer());
  assert.deepEqual(
    plan.chosen.map(({ preview }) => preview.prompt),
    ["red coat,hat", "red coat,hat", "own Night,boots"],
  );
});

test("an outfit of nothing is the look's own", () => {
  const plan = planOf(shoot, { ...all, outfits: { Day: " , " } }, composer());
  assert.equal(plan.chosen[0]?.preview.prompt, "own Day,boots");
});

test("an outfit that is refused says why at its look, and the others stand", () => {
  const plan = planOf(shoot, { ...all, outfits: { Day: "refused" } }, composer("refused"));
  assert.deepEqual(
    plan.looks.map(({ refusal }) => refusal?.message ?? null),
    ["Too long.", null],
  );
});

test("only chosen shots are counted, and the request names them with the outfits that were typed", () => {
  const chosen: Choice = { ...all, shots: [0, 2], preset: "likeness", outfits: { Day: "red coat; hat", Night: " " } };
  const plan = planOf(shoot, { ...chosen, outfits: {} }, composer());
  assert.deepEqual(plan.cost, { pictures: 2, steps: 100, gpu_seconds: 15 });
  assert.deepEqual(shootOf(shoot, chosen, "mdl_1"), {
    model: "mdl_1",
    collection: "s",
    shots: [0, 2],
    outfits: { Day: ["red coat", "hat"] },
    preset: "likeness",
    overrides: { seed: 100 },
  });
});

test("a shoot has the shape of most of its shots", () => {
  const of = (...ratios: string[]) => shapeOf(ratios.map((aspect_ratio) => ({ aspect_ratio }) as PlannedShot));
  assert.deepEqual(of("4:5", "3:2", "3:2"), { aspect: "3:2", all: false });
  assert.deepEqual(of("4:5", "4:5"), { aspect: "4:5", all: true });
});
