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
