// A collection's cover: a few plain shapes in its colours that hint at its light. It does not pose as a picture.
import type { ComponentChildren } from "preact";

const signs: Record<string, ComponentChildren> = {
  studio_headshot: (
    <>
      <circle cx="50" cy="44" r="19" />
      <path d="M14 100a36 32 0 0 1 72 0z" class="half" />
    </>
  ),
  editorial: (
    <>
      <path d="M26 0h30v100H26z" />
      <path d="M62 0h3v100h-3z" class="half" />
    </>
  ),
  street_style: (
    <>
      <path d="M0 66 100 40v9L0 75zM0 84 100 58v9L0 93z" />
      <path d="M0 100 100 76v24z" class="half" />
    </>
  ),
  golden_hour: (
    <>
      <circle cx="64" cy="56" r="22" />
      <path d="M0 56h100v44H0z" class="half" />
    </>
  ),
  black_and_white: (
    <>
      <path d="M50 0h50v100H50z" />
      <circle cx="50" cy="46" r="20" class="half" />
    </>
  ),
  founders_workspace: (
    <>
      <path d="M0 70h100v4H0z" />
      <path d="M30 34h42v32H30z" class="half" />
    </>
  ),
  coffee_and_city: (
    <>
      <circle cx="46" cy="50" r="25" />
      <circle cx="46" cy="50" r="17" class="hole" />
    </>
  ),
  travel_and_coast: (
    <>
      <path d="M0 58q12.5-7 25 0t25 0 25 0 25 0v7q-12.5 7-25 0t-25 0-25 0-25 0z" />
      <path d="M0 74q12.5-7 25 0t25 0 25 0 25 0v26H0z" class="half" />
    </>
  ),
  evening_neon: (
    <>
      <path d="M22 18h4v64h-4zM38 30h4v52h-4z" />
      <path d="M54 12h4v70h-4zM70 38h4v44h-4z" class="half" />
    </>
  ),
  cosy_home: (
    <>
      <path d="M28 22h20v26H28zM52 22h20v26H52zM28 52h20v26H28z" />
      <path d="M52 52h20v26H52z" class="half" />
    </>
  ),
};

export function Emblem({ id }: { id: string }) {
  return (
    <svg class="emblem" aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice">
      {signs[id]}
    </svg>
  );
}

// The line and the colours of each collection. A collection that is not listed gets no line and plain colours.
const lines: Record<string, string> = {
  studio_headshot: "Clean light, a plain wall, and nothing between you and the lens.",
  editorial: "A magazine story: strong shapes, hard light, one bold outfit.",
  street_style: "Caught between two crossings on a bright day.",
  golden_hour: "The last warm hour, with the sun low behind you.",
  black_and_white: "Grain, contrast and quiet rooms.",
  founders_workspace: "At work, among your own things.",
  coffee_and_city: "A slow morning, a window seat, the street outside.",
  travel_and_coast: "Wind, salt, and a wide horizon.",
  evening_neon: "Wet streets and coloured signs after dark.",
  cosy_home: "Lamplight, wool, and rain on the window.",
};

export const lineOf = (id: string): string => lines[id] ?? "";

/** The name of the collection's colours in the style sheet. */
export const toneOf = (id: string): string => (id in lines ? id : "plain");
