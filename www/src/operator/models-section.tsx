import { useSignal } from "@preact/signals";
import type { Person } from "../api/types";
import { Button } from "../ui/button";
import { BindModelForm } from "./bind-model";

/** The models that are bound to a person. */
export function ModelsSection({ person }: { person: Person }) {
  const binding = useSignal(false);
  return (
    <section class="screen-section" aria-labelledby="models-title">
      <h2 id="models-title">Models</h2>
      {person.models.length === 0 && <p>None yet: they can sign in, but not make pictures.</p>}
      <ul class="entries">
        {person.models.map(({ id, provider_model, version }) => (
          <li key={id} class="entry">
            <p>{provider_model}</p>
            <p class="small-print">
              Version <code title={version}>{version.slice(0, 12)}</code>
            </p>
          </li>
        ))}
      </ul>
      {binding.value ? (
        <BindModelForm person={person} onDone={() => (binding.value = false)} />
      ) : (
        <div>
          <Button onClick={() => (binding.value = true)}>Bind a model</Button>
        </div>
      )}
    </section>
  );
}
