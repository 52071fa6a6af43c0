import type { ShootListing } from "../api/types";
import { ratioStyle } from "../pictures/size";
import { SeriesNote } from "../studio/series-note";
import { Emblem, lineOf, toneOf } from "./cover";
import { type ShootComposer, shapeOf } from "./plan";

interface ShootIndexProps {
  shoots: readonly ShootListing[];
  composer: ShootComposer;
}

/** The index of collections, each in its own shape and colours. */
export function ShootIndex({ shoots, composer }: ShootIndexProps) {
  return (
    <div class="shoots">
      <div class="shoots-head">
        <h1 tabIndex={-1}>Photoshoots</h1>
        <p>
          A whole series of you in one go. Choose a look, choose its shots, and read every prompt before anything is
          spent.
        </p>
        <p>
          <a href="/compare">Or compare two presets</a>
        </p>
      </div>
      <SeriesNote />
      <ol class="shoot-index">
        {shoots.map((shoot, index) => (
          <Entry key={shoot.id} shoot={shoot} number={index + 1} composer={composer} />
        ))}
      </ol>
    </div>
  );
}

function Entry({ shoot, number, composer }: { shoot: ShootListing; number: number; composer: ShootComposer }) {
  const { aspect, all } = shapeOf(composer.expandShoot({ shoot: shoot.id, base_seed: 1 }).shots);
  return (
    <li class={`shoot-entry tone-${toneOf(shoot.id)}`} style={ratioStyle(aspect)}>
      <a href={`/shoots/${shoot.id}`}>
        <span class="shoot-face" aria-hidden="true">
          <Emblem id={shoot.id} />
        </span>
        <span class="shoot-words">
          <span class="shoot-title">
            <span class="shoot-number" aria-hidden="true">
              {number}
            </span>
            {shoot.title}
          </span>
          <span class="shoot-line">{lineOf(shoot.id)}</span>
          <span class="shoot-facts">
            {shoot.scenes.length} shots, {all ? aspect : `mostly ${aspect}`}
          </span>
        </span>
      </a>
    </li>
  );
}
