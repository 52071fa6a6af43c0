import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { picturesLeft } from "../account/account-menu";
import { change, draft } from "../state/draft";
import { choices, chosenModel, chosenPreset } from "../state/models";
import { me } from "../state/session";
import { generate, refused, sending } from "../state/submit";
import { Button } from "../ui/button";
import { Choice } from "../ui/choice";
import { AdjustIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { Select } from "../ui/select";
import { certainProblem, errorOf, settingAtFault, unplacedError } from "./errors";
import { Settings } from "./settings";
import { Words } from "./words";

const counts = [1, 2, 3, 4].map((value) => ({ value, label: String(value) }));

/** Where a picture is asked for. */
export function Composer() {
  const open = useSignal(false);
  const settingsId = useId();
  const { text, pictures } = draft.value;
  const ready = text.trim() !== "" && chosenModel.value !== null && !sending.value && !certainProblem.value;
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
    <form class="composer" aria-label="Ask for a picture" onSubmit={submit} onKeyDown={onKeyDown}>
      <Words />
      {unplaced !== null && <p class="field-error">{unplaced}</p>}
      {refused.value !== null && refused.value.field === null && <ErrorNotice error={refused.value} />}
      <AllowanceNote />
      {text.trim() !== "" && (
        <a class="to-preview" href="#preview">
          See what will be sent
        </a>
      )}
      <div class="composer-row">
        <Models />
        <Presets />
        <Choice
          class="composer-count"
          legend="Number of pictures"
          legendHidden
          value={pictures}
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
          {sending.value ? "Sending…" : "Generate"}
        </Button>
      </div>
      <div id={settingsId} hidden={!shown}>
        {shown && <Settings />}
      </div>
    </form>
  );
}

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
  if (left === null || left >= draft.value.pictures || refused.value !== null) return null;
  return (
    <p class="field-error">{left === 0 ? "Your allowance is used up. Your studio can raise it." : `Your allowance covers ${left} more.`}</p>
  );
}
