import { computed, useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { change, maya } from "../state/draft/composer";
import { isBlank } from "../state/draft/composer-draft";
import { intended } from "../state/draft/intended";
import { reviewing } from "../state/draft/paste";
import { remarks } from "../state/draft/remarks";
import { variety } from "../state/draft/variety";
import { choices, chosenModel, chosenPreset, modelOptions } from "../state/models";
import { generate, refused, sending } from "../state/sending/submit";
import { me, tooFewFor } from "../state/session";
import { askMaya, saySettingsInField, writeMyself } from "../state/talk/talk";
import { Button } from "../ui/button";
import { Choice } from "../ui/choice";
import { plural } from "../ui/format";
import { AdjustIcon } from "../ui/icons";
import { lazy } from "../ui/lazy";
import { ErrorNotice } from "../ui/notice";
import { Select } from "../ui/select";
import { Choices } from "./choices";
import { errorOf, settingAtFault, unplacedError, unsendable } from "./errors";
import { PasteOffer } from "./paste-offer";
import { PictureSoFar } from "./picture-so-far";
import { Settings } from "./settings";
import { Words } from "./words";

// Few people paste prompts from other tools, so the dialog loads on demand.
const CleanUpDialog = lazy(() => import("./clean-up-dialog").then((module) => module.CleanUpDialog));

const pictureCounts = [1, 2, 3, 4].map((value) => ({ value, label: String(value) }));

/** The form that asks for pictures. */
export function Composer() {
  const open = useSignal(false);
  const settingsId = useId();
  const allowanceId = useId();
  const blank = isBlank(intended.value);
  const sendable = chosenModel.value !== null && !unsendable.value && tooFew.value === null;
  const ready = !blank && sendable && !sending.value;
  const shown = open.value || settingAtFault.value;

  const submit = (event: Event) => {
    event.preventDefault();
    if (ready) void generate();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  const unplaced = unplacedError.value;

  return (
    <>
      {reviewing.value && <CleanUpDialog />}
      <form class="composer" aria-label="Ask for a picture" onSubmit={submit} onKeyDown={onKeyDown}>
        <PictureSoFar />
        <Words />
        <PasteOffer />
        <Choices />
        {unplaced !== null && <p class="field-error">{unplaced}</p>}
        {refused.value?.field === null && tooFew.value === null && <ErrorNotice error={refused.value} />}
        {tooFew.value !== null && <AllowanceNote id={allowanceId} left={tooFew.value} />}
        <Links />
        <div class="composer-row" onChangeCapture={saySettingsInField}>
          <ModelSelect />
          <PresetSelect />
          <Choice
            class="composer-count"
            legend="Number of pictures"
            legendHidden
            value={intended.value.pictures}
            options={pictureCounts}
            error={errorOf("pictures")}
            onChange={(value) => change({ pictures: value })}
          />
          <Button
            kind="quiet"
            icon={<AdjustIcon />}
            aria-expanded={shown}
            aria-controls={settingsId}
            onClick={() => (open.value = !open.value)}
          >
            Settings
          </Button>
          <Button
            kind="primary"
            type="submit"
            disabled={!ready}
            title="Ctrl+Enter"
            aria-describedby={tooFew.value === null ? undefined : allowanceId}
          >
            {generateLabel()}
          </Button>
        </div>
        <div
          id={settingsId}
          hidden={!shown}
          onChangeCapture={saySettingsInField}
          onInputCapture={saySettingsInField}
          onClickCapture={saySettingsInField}
        >
          {shown && <Settings />}
        </div>
      </form>
    </>
  );
}

/** A link to the preview, for narrow windows, and the switch between Maya and writing the prompt oneself. */
function Links() {
  const count = remarks.value.length;
  return (
    <div class="composer-links">
      {!isBlank(intended.value) && (
        <a class="to-preview" href="#preview">
          What will be sent
          {count > 0 && ` · ${plural(count, "remark")}`}
        </a>
      )}
      <Button kind="quiet" onClick={maya.value ? writeMyself : askMaya}>
        {maya.value ? "Write the prompt myself" : "Let Maya help"}
      </Button>
    </div>
  );
}

function generateLabel(): string {
  const known = variety.value;
  if (sending.value) return "Sending…";
  return known.state === "many" && known.tooMany === null
    ? `Generate ${known.prompts * intended.value.pictures}`
    : "Generate";
}

/** The pictures that Generate asks for. */
const asked = computed(() => intended.value.pictures * (variety.value.state === "many" ? variety.value.prompts : 1));

function ModelSelect() {
  const options = modelOptions.value;
  const chosen = chosenModel.value;
  if (options.length < 2 || chosen === null) return null;
  return <Select label="Model" value={chosen.id} options={options} onChange={(model) => change({ model })} />;
}

function PresetSelect() {
  const presets = choices.value?.presets ?? [];
  const chosen = chosenPreset.value;
  if (chosen === null) return null;
  return (
    <Select
      label="Preset"
      value={chosen.id}
      options={presets.map(({ id, title }) => ({ value: id, label: title }))}
      onChange={(preset) => change({ preset })}
    />
  );
}

/** The pictures left, when Generate asks for more; null: the allowance covers them. */
const tooFew = computed(() => {
  const known = me();
  return known === null ? null : tooFewFor(asked.value, known.allowance);
});

/** Why Generate cannot be pressed: the allowance does not cover what it asks for. */
function AllowanceNote({ id, left }: { id: string; left: number }) {
  return (
    <p class="field-error" id={id}>
      {left === 0 ? "Your allowance is used up." : `Your allowance covers ${plural(left, "more picture")}.`}{" "}
      <a href="/account/allowance">Ask your studio for more</a>
    </p>
  );
}
