import { useSignal } from "@preact/signals";
import { checkLora, retireModel, unbindModel } from "../api/endpoints";
import type { ModelBinding, Person, RunningWork } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Confirm } from "../ui/confirm";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { LoraCheck } from "./lora-check";
import { RunningChoice } from "./running-choice";

interface BindingEntryProps {
  person: Person;
  model: ModelBinding;
  onChange(): void;
  onTransfer(): void;
  onBindAgain(): void;
}

/** A model that is or was a person's, and the ways to change that. */
export function BindingEntry({ person, model, onChange, onTransfer, onBindAgain }: BindingEntryProps) {
  const asking = useSignal<"retire" | "unbind" | null>(null);
  const running = useSignal<RunningWork>("finish");
  const { busy, error, run } = useAction();
  const { id, label, state, proof } = model;
  const check = () =>
    run(async () => {
      await checkLora(person.id, id);
      announce(`The LoRA of ${label} is being checked.`);
      onChange();
    });

  const retire = async () => {
    await retireModel(person.id, id);
    announce(`${label} is retired.`);
    onChange();
  };
  const unbind = async () => {
    await unbindModel(person.id, id, { running: running.value });
    announce(`${label} is taken from ${person.name}.`);
    onChange();
  };
  return (
    <>
      <Words model={model} />
      <LoraCheck person={person} model={model} />
      {error.value && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        {state !== "active" && <Button onClick={onBindAgain}>Bind again</Button>}
        {state === "active" && proof !== "checking" && (
          <Button disabled={busy.value} onClick={check}>
            Check its LoRA
          </Button>
        )}
        {state === "active" && <Button onClick={() => (asking.value = "retire")}>Retire</Button>}
        {state !== "unbound" && (
          <>
            <Button onClick={() => (asking.value = "unbind")}>Unbind</Button>
            <Button onClick={onTransfer}>Give to somebody else</Button>
          </>
        )}
      </div>
      {asking.value === "retire" && (
        <Confirm
          title={`Retire ${label}?`}
          text={`${person.name} still sees it, but makes no new pictures with it. It stays theirs, and you can bind it again.`}
          action="Retire"
          keep="Not now"
          onConfirm={retire}
          onClose={() => (asking.value = null)}
        />
      )}
      {asking.value === "unbind" && (
        <Confirm
          title={`Take ${label} from ${person.name}?`}
          text="They make no new pictures with it from now on, and keep those they made. It can be bound to them again, or to somebody else."
          action="Unbind"
          keep="Not now"
          onConfirm={unbind}
          onClose={() => (asking.value = null)}
        >
          <RunningChoice running={running} />
        </Confirm>
      )}
    </>
  );
}

function Words({ model: { label, provider_model, version, state, ended_at, consent } }: { model: ModelBinding }) {
  return (
    <div>
      <p>
        {label}
        {state !== "active" && <strong class="tag">{state}</strong>}
      </p>
      <p class="small-print">
        <code>{provider_model}</code>, version <code title={version}>{version.slice(0, 12)}</code>
        {ended_at !== null && (
          <>
            , {state} <Moment at={ended_at} />
          </>
        )}
      </p>
      <p class="small-print">
        {consent === null ? (
          "No record of consent. Bind it again to add one."
        ) : (
          <>
            <q>{consent.words}</q> Attested by {consent.by}, <Moment at={consent.at} />
          </>
        )}
      </p>
    </div>
  );
}
