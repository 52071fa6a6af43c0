import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { getBindings } from "../api/endpoints";
import type { ModelBinding, ModelBindings, Person } from "../api/types";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { BindModelForm } from "./bind-model";
import { BindingEntry } from "./binding-entry";
import { TransferForm } from "./transfer-model";

/** The form that is open below the models. */
type Form = { of: "bind"; again: ModelBinding | null } | { of: "transfer"; model: ModelBinding };

/** The models that are or were bound to a person, and every way to change that. */
export function ModelsSection({ person, bindings }: { person: Person; bindings: ModelBindings }) {
  const known = useSignal(bindings);
  const { error, run } = useAction();
  const form = useSignal<Form | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const close = (changed: boolean) => {
    form.value = null;
    if (changed)
      run(async () => {
        known.value = await getBindings(person.id);
      });
    // The button that had the focus is gone.
    heading.current?.focus();
  };
  return (
    <section class="screen-section" aria-labelledby="models-title">
      <h2 id="models-title" ref={heading} tabIndex={-1}>
        Models
      </h2>
      {known.value.models.length === 0 && <p>None yet: they can sign in, but not make pictures.</p>}
      <ul class="entries">
        {known.value.models.map((model) => (
          <li key={model.id} class="entry">
            <BindingEntry
              person={person}
              model={model}
              onChange={() => close(true)}
              onTransfer={() => (form.value = { of: "transfer", model })}
              onBindAgain={() => (form.value = { of: "bind", again: model })}
            />
          </li>
        ))}
      </ul>
      {error.value && <ErrorNotice error={error.value} />}
      {form.value === null && (
        <div>
          <Button onClick={() => (form.value = { of: "bind", again: null })}>Bind a model</Button>
        </div>
      )}
      {form.value?.of === "bind" && (
        <BindModelForm
          key={form.value.again?.id}
          person={person}
          statements={known.value.statements}
          again={form.value.again}
          onDone={close}
        />
      )}
      {form.value?.of === "transfer" && (
        <TransferForm
          key={form.value.model.id}
          person={person}
          model={form.value.model}
          statements={known.value.statements}
          onDone={close}
        />
      )}
    </section>
  );
}
