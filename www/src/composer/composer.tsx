import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { picturesLeft } from "../account/account-menu";
import { intended } from "../preview/intended";
import { remarks } from "../preview/remarks";
import { variety } from "../preview/variety";
import { change } from "../state/draft";
import { maya } from "../state/maya";
import { choices, chosenModel, chosenPreset } from "../state/models";
import { reviewing } from "../state/paste";
import { isBlank } from "../state/request";
import { canSendAll } from "../state/send-all";
import { me } from "../state/session";
import { generate, refused, sending } from "../state/submit";
import { askMaya, takeInWishes, writeMyself } from "../state/talk";
import { Button } from "../ui/button";
import { Choice } from "../ui/choice";
import { AdjustIcon } from "../ui/icons";
import { lazy } from "../ui/lazy";
import { ErrorNotice } from "../ui/notice";
import { Select } from "../ui/select";
import { Choices } from "./choices";
import { certainProblem, errorOf, settingAtFault, unplacedError } from "./errors";
import { PasteOffer } from "./paste-offer";
import { PictureSoFar } from "./picture-so-far";
import { Settings } from "./settings";
import { Words } from "./words";

// Few people paste from other tools.
const CleanUpDialog = lazy(() => import("./clean-up-dialog").then((module) => module.CleanUpDialog));

const counts = [1, 2, 3, 4].map((value) => ({ value, label: String(value) }));

/** Where a picture is asked for. */
export function Composer() {
  const open = useSignal(false);
  const settingsId = useId();
  const blank = isBlank(intended.value);
  const blocked = variety.value.state === "many" && !canSendAll.value;
  const ready = !blank && chosenModel.value !== null && !sending.value && !certainProblem.value && !blocked;
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
        {refused.value !== null && refused.value.field === null && <ErrorNotice error={refused.value} />}
        {blocked && !sending.value && (
          <p class="field-hint">Another batch is not finished: send the rest of it, or leave it, first.</p>
        )}
        <AllowanceNote />
        <Links />
        <div class="composer-row" onChangeCapture={takeInWishes}>
          <Models />
          <Presets />
          <Choice
            class="composer-count"
            legend="Number of pictures"
            legendHidden
            value={intended.value.pictures}
            options={counts}
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
          <Button kind="primary" type="submit" disabled={!ready} title="Ctrl+Enter">
            {generateLabel()}
          </Button>
        </div>
        <div
          id={settingsId}
          hidden={!shown}
          onChangeCapture={takeInWishes}
          onInputCapture={takeInWishes}
          onClickCapture={takeInWishes}
        >
          {shown && <Settings />}
        </div>
      </form>
    </>
  );
}

/** The way to the preview where it is out of sight, and the choice of who writes the prompt. */
function Links() {
  const count = remarks.value.length;
  return (
    <div class="composer-links">
      {!isBlank(intended.value) && (
        <a class="to-preview" href="#preview">
          What will be sent
          {count > 0 && ` · ${count === 1 ? "1 remark" : `${count} remarks`}`}
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
  return known.state === "many" && known.problem === null
    ? `Generate ${known.prompts * intended.value.pictures}`
    : "Generate";
}

/** Pictures that Generate asks for. */
const asked = () => intended.value.pictures * (variety.value.state === "many" ? variety.value.prompts : 1);

function Models() {
  const models = choices.value?.models ?? [];
  const chosen = chosenModel.value;
  if (models.length < 2 || chosen === null) return null;
  return (
    <Select
      label="Model"
      value={chosen.id}
      options={models.map(({ id, label }) => ({ value: id, label }))}
      onChange={(model) => change({ model })}
    />
  );
}

function Presets() {
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

function AllowanceNote() {
  const left = picturesLeft(me()?.allowance ?? { granted: null, used: 0, reserved: 0 });
  if (left === null || left >= asked() || refused.value !== null) return null;
  return (
    <p class="field-error">
      {left === 0 ? "Your allowance is used up. Your studio can raise it." : `Your allowance covers ${left} more.`}
    </p>
  );
}
