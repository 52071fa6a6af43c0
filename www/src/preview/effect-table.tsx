import { Fragment } from "preact";
import type { Effect, EffectStatus, EnhancementEffect, Parameter } from "../api/types";

/** The parameters, named for people. */
export const parameterNames: Record<Parameter, string> = {
  guidance: "Guidance",
  steps: "Steps",
  lora_scale: "LoRA strength",
  aspect_ratio: "Aspect ratio",
  megapixels: "Size",
  pictures: "Pictures",
  seed: "Seed",
  output_format: "Format",
  output_quality: "Quality",
  go_fast: "Go fast",
};

const statusNames: Record<EffectStatus, string> = {
  sent: "Sent",
  renamed: "Renamed",
  clamped: "Clamped",
  omitted: "Not sent",
  no_effect: "No effect",
};

interface EffectTableProps {
  effects: readonly Effect[];
  enhancements: readonly EnhancementEffect[];
  caption: string;
}

/** The parameter report: what is sent for each parameter and each enhancement, and why. */
export function EffectTable({ effects, enhancements, caption }: EffectTableProps) {
  return (
    <table class="effects">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">Sent as</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {effects.map((effect) => (
          <tr key={effect.parameter} class={`effect-${effect.status}`}>
            <th scope="row">
              {parameterNames[effect.parameter]}
              <span class="effect-status">{statusNames[effect.status]}</span>
            </th>
            <td>
              <SentAs effect={effect} />
            </td>
            <td>{effect.reason}</td>
          </tr>
        ))}
        {enhancements.map((one) => (
          <tr key={one.id} class={`effect-${one.status}`}>
            <th scope="row">
              {one.title}
              <span class="effect-status">{statusNames[one.status]}</span>
            </th>
            <td>
              <Sent name={one.name} value={one.value} />
              <Sent name={one.scale_name} value={String(one.scale)} />
            </td>
            <td>{one.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** An input's name that may wrap after each `_`. */
const breakable = (name: string) =>
  name.split(/(?<=_)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));

function SentAs({ effect }: { effect: Effect }) {
  if (effect.name === null) return <span class="effect-nothing">Nothing</span>;
  return <Sent name={effect.name} value={effect.value === null ? "" : String(effect.value)} />;
}

const Sent = ({ name, value }: { name: string; value: string }) => (
  <>
    <code class="effect-name">{breakable(name)}</code>
    <code class="effect-value">{value}</code>
  </>
);
