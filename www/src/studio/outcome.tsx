import { PictureButton } from "../pictures/picture-button";
import type { Listed } from "../state/history/timeline";
import { plural } from "../ui/format";

/** The outcome of a generation: its pictures, or why there are none. */
export function Outcome({ generation }: { generation: Listed }) {
  switch (generation.status) {
    case "failed":
      return (
        <p class="answer-words answer-failed">
          {generation.failure?.message ?? "No picture was made, and the provider gave no reason."}
        </p>
      );
    case "canceled":
      return <p class="answer-words">{canceledWords(generation.cancel_costs)}</p>;
    default:
      return <Pictures generation={generation} />;
  }
}

const canceledWords = (costs: number): string =>
  costs === 0
    ? "Canceled, as you asked. It cost nothing."
    : `Canceled, as you asked. The provider had begun, so it counts as ${plural(costs, "picture")}.`;

function Pictures({ generation }: { generation: Listed }) {
  const { pictures, request } = generation;
  return (
    <>
      <p class="answer-words">{words(pictures.length, request.pictures)}</p>
      {pictures.length > 0 && (
        <div class={`pictures pictures-${pictures.length}`}>
          {pictures.map((picture) => (
            <PictureButton key={picture.id} generation={generation} picture={picture} />
          ))}
        </div>
      )}
    </>
  );
}

function words(here: number, asked: number): string {
  if (here === 0) return "These pictures were deleted.";
  if (here < asked)
    return `${here} of ${asked}: the rest was kept back by the provider's safety filter, or deleted since.`;
  return here === 1 ? "Here you are." : `Here you are, ${here} of them.`;
}
