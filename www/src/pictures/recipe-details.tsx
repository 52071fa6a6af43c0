import type { Recipe, Span } from "../api/types";
import { PromptLegend, PromptText } from "../preview/prompt-text";
import { CopyButton } from "../ui/copy-button";

/** The digits of an id that are shown: enough to distinguish two recipes. */
const SHORT = 12;

interface RecipeDetailsProps {
  recipe: Recipe;
  /** The SHA-256 of its canonical JSON. */
  id: string;
  /** The prompt in spans by origin, for a recipe that does not have them itself. */
  spans?: readonly Span[];
  /** The file it belongs to, in words. */
  file: string;
}

/** Everything that is needed to make a picture again. */
export function RecipeDetails({ recipe, id, spans = [], file }: RecipeDetailsProps) {
  const { prompt, ...settings } = recipe.input;
  const parts = recipe.parts ?? spans;
  const text = String(prompt ?? "");
  return (
    <>
      <h3>Id</h3>
      <p class="recipe-id">
        <code title={id}>{id.slice(0, SHORT)}</code>
        <CopyButton text={id} label="Copy id" />
      </p>
      <h3>Prompt</h3>
      {parts.length > 0 ? (
        <>
          <PromptText spans={parts} />
          <PromptLegend />
        </>
      ) : (
        <p class="prompt-text">{text}</p>
      )}
      <CopyButton text={text} label="Copy prompt" />
      <h3>As sent</h3>
      <dl>
        {Object.entries(settings).map(([name, value]) => (
          <Row key={name} name={name} value={String(value)} />
        ))}
      </dl>
      <h3>Origin</h3>
      <dl>
        <Row name="seed used" value={recipe.seed === null ? "not reported" : String(recipe.seed)} />
        <Row name="picture" value={`number ${recipe.index + 1} of its request`} />
        <Row name="provider" value={recipe.provider} />
        <Row name="model version" value={recipe.version} />
        <Row name="builder" value={`version ${recipe.builder}`} />
        {recipe.data !== undefined && <Row name="data" value={recipe.data.join(", ")} />}
        {recipe.enhancements !== undefined && <Row name="enhancements" value={recipe.enhancements.join(", ")} />}
        <Row name="file" value={file} />
      </dl>
      <CopyButton text={JSON.stringify(recipe)} label="Copy recipe" />
    </>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** A file's format and size, in words. */
export const fileWords = (format: string, bytes: number): string =>
  `${format}, ${Math.max(1, Math.round(bytes / 1024))} KB`;
