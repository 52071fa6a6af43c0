// What a frame is called.
import type { Frame, Preset } from "../api/types";

/** A frame's title. A comparison names its cells by their values, and a preset's value is its id: its title reads better. */
export function frameTitle({ title, differs }: Pick<Frame, "title" | "differs">, presets: readonly Named[]): string {
  if (differs.length === 0) return title;
  const words = differs.map(({ parameter, value }) => {
    const preset = parameter === "preset" ? presets.find(({ id }) => id === value) : undefined;
    return preset?.title ?? String(value);
  });
  return words.join(", ");
}

type Named = Pick<Preset, "id" | "title">;
