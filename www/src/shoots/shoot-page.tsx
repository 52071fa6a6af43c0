import { useMemo } from "preact/hooks";
import type { Model, ShootListing } from "../api/types";
import { ratioStyle } from "../pictures/size";
import { SeriesNote } from "../studio/series-note";
import { Button } from "../ui/button";
import { choiceFor } from "./choice";
import { Emblem, lineOf, toneOf } from "./cover";
import { Look } from "./look";
import { Make } from "./make";
import { planOf, type ShootComposer, shapeOf } from "./plan";
import { Shared } from "./shared";

interface ShootPageProps {
  shoot: ShootListing;
  model: Model;
  composer: ShootComposer;
}

/** One collection: its shots, their shared settings, and the cost. */
export function ShootPage({ shoot, model, composer }: ShootPageProps) {
  const choice = choiceFor(shoot);
  const plan = useMemo(() => planOf(shoot, choice.value, composer), [shoot.id, choice.value, composer]);
  const { aspect } = useMemo(
    () => shapeOf(plan.looks.flatMap(({ shots }) => shots.map(({ preview }) => preview.parameters))),
    [shoot.id],
  );
  const all = choice.value.shots.length === shoot.scenes.length;
  return (
    <div class="shoot">
      <div class={`shoot-head tone-${toneOf(shoot.id)}`}>
        <div class="shoot-face" style={ratioStyle(aspect)} aria-hidden="true">
          <Emblem id={shoot.id} />
        </div>
        <div class="shoot-intro">
          <a class="shoot-back" href="/shoots">
            All photoshoots
          </a>
          <h1 tabIndex={-1}>{shoot.title}</h1>
          <p>{lineOf(shoot.id)}</p>
        </div>
      </div>
      <div class="shoot-body">
        <div class="looks">
          <Button
            kind="quiet"
            onClick={() =>
              (choice.value = { ...choice.value, shots: all ? [] : shoot.scenes.map((_, index) => index) })
            }
          >
            {all ? "Choose none" : "Choose all"}
          </Button>
          {plan.looks.map((look) => (
            <Look key={look.title} look={look} choice={choice} />
          ))}
        </div>
        <div class="shoot-side">
          <Shared choice={choice} />
          <SeriesNote />
          <Make shoot={shoot} choice={choice.value} plan={plan} model={model} />
        </div>
      </div>
    </div>
  );
}
