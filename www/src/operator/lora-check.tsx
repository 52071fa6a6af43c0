import { canaryAddress } from "../api/endpoints";
import type { ModelBinding, Person } from "../api/types";

type Checked = Pick<ModelBinding, "proof" | "check">;

/** What is known of a model's LoRA, and what to do about it. */
export function loraWords({ proof, check: { pictures } }: Checked): string {
  switch (proof) {
    case "unchecked":
      return pictures.length === 0
        ? "Its LoRA has not been checked."
        : "The last check gave no answer. Check it again.";
    case "checking":
      return "Its LoRA is being checked. Come back in a minute.";
    case "proven":
      return "Its LoRA acts: with and without it, the pictures differ.";
    case "not_proven": {
      const words =
        "Its LoRA does nothing: with and without it, the picture is the same. The person cannot use this model.";
      const checking = pictures.some(({ stored, failure }) => !stored && failure === null);
      return checking ? `${words} It is being checked again.` : words;
    }
  }
}

/** Whether a model's LoRA acts, with the two pictures that show it: hands on a table, nobody's face. */
export function LoraCheck({ person, model }: { person: Person; model: ModelBinding }) {
  const { id, label } = model;
  const { pictures, difference, same_up_to } = model.check;
  return (
    <div>
      <p class="small-print">
        {loraWords(model)}
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
