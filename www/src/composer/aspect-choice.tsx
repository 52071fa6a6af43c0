import type { AspectRatio } from "../api/types";
import { aspectRatios, sizeOf } from "../pictures/size";
import { override } from "../state/draft/composer";
import { Choice } from "../ui/choice";
import { errorOf } from "./errors";

const options = aspectRatios.map((value) => ({ value, label: value, icon: <Shape aspect={value} /> }));

export function AspectChoice({ value, initial }: { value: AspectRatio; initial: AspectRatio }) {
  return (
    <Choice
      class="aspect"
      legend="Aspect ratio"
      value={value}
      options={options}
      error={errorOf("overrides.aspect_ratio")}
      onChange={(aspect) => override("aspect_ratio", aspect === initial ? undefined : aspect)}
    />
  );
}

/** The ratio as a small frame. All frames have the same area. */
function Shape({ aspect }: { aspect: AspectRatio }) {
  const { width, height } = sizeOf(aspect);
  const scale = 14 / Math.sqrt(width * height);
  const [w, h] = [width * scale, height * scale];
  return (
    <svg class="aspect-shape" viewBox="0 0 24 24" aria-hidden="true">
      <rect x={12 - w / 2} y={12 - h / 2} width={w} height={h} />
    </svg>
  );
}
