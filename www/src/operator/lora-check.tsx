import { canaryAddress } from "../api/endpoints";
import type { LoraProof, ModelBinding, Person } from "../api/types";

const words: Record<LoraProof, string> = {
  unchecked: "Nobody has checked whether its LoRA acts.",
  checking: "Its LoRA is being checked. Come back in a minute.",
  proven: "Its LoRA acts: with and without it, the pictures differ.",
  not_proven: "Its LoRA does nothing: with and without it, the picture is the same. They cannot use this model.",
};

/** Whether a model's LoRA acts, with the two pictures that show it: hands on a table, nobody's face. */
export function LoraCheck({ person, model: { id, label, proof, check } }: { person: Person; model: ModelBinding }) {
  const { pictures, difference, same_up_to } = check;
  return (
    <div>
      <p class="small-print">
        {words[proof]}
        {difference !== null && ` Difference ${difference.toFixed(1)} of 255; up to ${same_up_to} is the same picture.`}
      </p>
      {pictures.some(({ stored, failure }) => stored || failure !== null) && (
        <details>
          <summary>The two pictures of the check</summary>
          <ul class="canary">
            {pictures.map(({ scale, stored, failure }) => {
              const lora = scale === 0 ? "off" : "on";
              return (
                <li key={scale}>
                  {stored ? (
                    <img
                      src={canaryAddress(person.id, id, lora)}
                      loading="lazy"
                      alt={`Hands on a table, made by ${label} with its LoRA ${lora}`}
                    />
                  ) : (
                    <p>{failure ?? "It is being made."}</p>
                  )}
                  <p class="small-print">LoRA {lora}</p>
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </div>
  );
}
