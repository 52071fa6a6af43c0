import type { Picture, Span } from "../api/types";
import { PromptLegend, PromptText } from "../preview/prompt-text";
import { CopyButton } from "../ui/copy-button";

/** How a picture was made: enough to make it again. */
export function RecipeDetails({ picture: { recipe, bytes, format }, spans }: { picture: Picture; spans: readonly Span[] }) {
  const { prompt, ...settings } = recipe.input;
  return (
    <details class="recipe">
      <summary>Recipe</summary>
      <h3>Prompt</h3>
      <PromptText spans={spans} />
      <PromptLegend />
      <CopyButton text={String(prompt ?? "")} label="Copy prompt" />
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
        <Row name="file" value={`${format}, ${Math.max(1, Math.round(bytes / 1024))} KB`} />
      </dl>
      <CopyButton text={JSON.stringify(recipe)} label="Copy recipe" />
    </details>
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
