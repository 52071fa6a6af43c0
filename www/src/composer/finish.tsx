import { change } from "../state/draft/composer";
import { intended } from "../state/draft/intended";
import { chosenModel } from "../state/models";
import { Field } from "../ui/field";
import { NumberField } from "../ui/number-field";
import { Select } from "../ui/select";
import { errorOf } from "./errors";

const NONE = "";

/** An enhancement LoRA beside the person's own, and how strongly it acts. Shown for a model that takes one. */
export function Finish() {
  const model = chosenModel.value;
  const { enhancements } = intended.value;
  const [chosen] = enhancements;
  const offered = model?.dialect.enhancement === undefined ? [] : model.enhancements;
  // One that the model does not take can still be taken out again.
  if (offered.length === 0 && chosen === undefined) return null;
  const known = offered.find(({ id }) => id === chosen?.id);
  const options = [{ value: NONE, label: "None" }, ...offered.map(({ id, title }) => ({ value: id, label: title }))];
  if (chosen !== undefined && known === undefined)
    options.push({ value: chosen.id, label: `${chosen.id}, not offered` });
  const choose = (id: string) => change({ enhancements: id === NONE ? [] : [{ id }] });
  const error = errorOf("enhancements");
  return (
    <>
      <Field
        label="Finish"
        hint={known?.preview ?? "An extra style beside your likeness, for skin, light or detail."}
        error={known === undefined ? error : null}
      >
        {({ id, describedBy }) => (
          <Select id={id} describedBy={describedBy} value={chosen?.id ?? NONE} options={options} onChange={choose} />
        )}
      </Field>
      {known !== undefined && (
        <NumberField
          label="Finish strength"
          hint={`At most ${known.max_scale}. More of it leaves less room for your likeness.`}
          error={error}
          value={chosen?.scale ?? known.default_scale}
          initial={known.default_scale}
          min={0}
          max={known.max_scale}
          step={0.05}
          onChange={(scale) =>
            change({ enhancements: [scale === undefined ? { id: known.id } : { id: known.id, scale }] })
          }
        />
      )}
    </>
  );
}
