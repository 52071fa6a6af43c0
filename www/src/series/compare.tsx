import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { ApiError } from "../api/error";
import type { Axis, AxisParameter, NewComparison } from "../api/types";
import { ModelField, PresetField } from "../composer/shared-fields";
import { WithModel } from "../composer/with-model";
import { navigate } from "../router";
import { activeModels, type Choices, chosenPreset, type OwnModel } from "../state/models";
import { startComparison } from "../state/series/series";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { plural } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { Select } from "../ui/select";
import { useAction } from "../ui/use-action";
import { axisOf, comparisonTitle, enhancementsOf, fitted, isVariable, parameterTitles } from "./axes";
import { AxisField } from "./axis-field";
import { costSentence, workSentence } from "./cost";
import { type Planned, usePlan } from "./use-plan";

/** `/compare`: one description, made once for each value of one or two parameters. */
export function Compare() {
  return (
    <WithModel title="Compare">
      {(model, choices) => <Comparison model={model} choices={{ ...choices, models: activeModels.value }} />}
    </WithModel>
  );
}

interface ComparisonProps {
  model: OwnModel;
  choices: Choices;
}

function Comparison({ model, choices }: ComparisonProps) {
  const words = useSignal("");
  const first = useSignal(axisOf("preset", choices));
  const second = useSignal<Axis | null>(null);
  const preset = useSignal(chosenPreset.peek()?.id ?? "likeness");
  const finish = useSignal(enhancementsOf(choices)[0]?.id ?? "");

  const columns = fitted(first.value, choices, second.value?.parameter);
  const rows = second.value && fitted(second.value, choices, first.value.parameter);
  const axes = rows === null ? [columns] : [columns, rows];
  const varies = (parameter: AxisParameter) => axes.some((axis) => axis.parameter === parameter);
  // A strength is that of the enhancement which the other axis names, or of one for all pictures.
  const hasFinish = varies("enhancement_scale") && !varies("enhancement");
  const blank = words.value.trim() === "";
  const comparison: NewComparison = {
    title: comparisonTitle(axes, choices),
    model: model.id,
    composition: {
      text: words.value,
      preset: preset.value,
      enhancements: hasFinish ? [{ id: finish.value }] : [],
    },
    axes,
  };
  const planned = usePlan(blank ? null : JSON.stringify(comparison));
  const parameters = (own: Axis | null, other: Axis | null) =>
    (Object.keys(parameterTitles) as AxisParameter[]).filter(
      (one) => one === own?.parameter || (one !== other?.parameter && isVariable(one, model, choices)),
    );
  return (
    <div class="screen">
      <div class="screen-head">
        <h1 tabIndex={-1}>Compare</h1>
        <p class="screen-words">
          The same description with the same seed, made once for each value. You choose the one that looks more like
          you, two at a time, before you learn which is which.
        </p>
      </div>
      <div class="compare">
        <Field label="Describe one picture">
          {({ id }) => (
            <textarea
              id={id}
              rows={3}
              value={words.value}
              onInput={({ currentTarget }) => (words.value = currentTarget.value)}
            />
          )}
        </Field>
        {!varies("model") && <ModelField />}
        {!varies("preset") && <PresetField preset={preset.value} onChange={(id) => (preset.value = id)} />}
        <AxisField
          label="Vary"
          axis={columns}
          other={rows}
          parameters={parameters(columns, rows)}
          choices={choices}
          error={errorAt(0, planned.error)}
          onChange={(axis) => (first.value = axis)}
        />
        <AxisField
          label="Also vary"
          axis={rows}
          other={columns}
          parameters={parameters(rows, columns)}
          choices={choices}
          error={errorAt(1, planned.error)}
          onChange={(axis) => (second.value = axis)}
          onRemove={() => (second.value = null)}
        />
        {hasFinish && (
          <Field label="Finish of all pictures">
            {({ id }) => (
              <Select
                id={id}
                value={finish.value}
                options={enhancementsOf(choices).map((one) => ({ value: one.id, label: one.title }))}
                onChange={(value) => (finish.value = value)}
              />
            )}
          </Field>
        )}
        {blank ? (
          <p class="small-print">Describe the picture to see what it costs.</p>
        ) : (
          <Make comparison={comparison} planned={planned} />
        )}
      </div>
    </div>
  );
}

/** What `error` says about an axis; null when it is about something else. */
const errorAt = (axis: 0 | 1, error: ApiError | null): string | null =>
  error?.field?.startsWith(`axes[${axis}]`) ? error.message : null;

/** The cost, and the one button that spends it. */
function Make({ comparison, planned }: { comparison: NewComparison; planned: Planned }) {
  const { plan, error: refused, reload } = planned;
  const costId = useId();
  const { busy, error, run } = useAction();
  const affordable = plan !== null && (plan.left === null || plan.left >= plan.cost.pictures);
  const send = () =>
    run(async () => {
      const { id } = await startComparison(comparison);
      navigate(`/series/${id}`);
    });
  // What is wrong with an axis is said beside it.
  if (errorAt(0, refused) !== null || errorAt(1, refused) !== null) return null;
  if (refused !== null)
    return (
      <ErrorNotice error={refused}>{refused.field === null && <Button onClick={reload}>Try again</Button>}</ErrorNotice>
    );
  return (
    <section class="series-make" aria-label="Make">
      <p id={costId} class="series-cost">
        {plan === null ? "Working out the cost…" : costSentence(plan.cost.pictures, plan.left, "values")}
      </p>
      {plan !== null && <p class="small-print">{workSentence(plan.cost)}</p>}
      {error.value && <ErrorNotice error={error.value} />}
      <Button kind="primary" disabled={busy.value || !affordable} aria-describedby={costId} onClick={send}>
        {busy.value ? "Sending…" : plan === null ? "Make pictures" : `Make ${plural(plan.cost.pictures, "picture")}`}
      </Button>
    </section>
  );
}
