import type { Signal } from "@preact/signals";
import type { RunningWork } from "../api/types";
import { Choice } from "../ui/choice";

const options: { value: RunningWork; label: string }[] = [
  { value: "finish", label: "Let them finish" },
  { value: "cancel", label: "Cancel them" },
];

/** What becomes of pictures under way when a model is taken away. */
export function RunningChoice({ running }: { running: Signal<RunningWork> }) {
  return (
    <Choice
      legend="Pictures under way"
      value={running.value}
      options={options}
      onChange={(value) => (running.value = value)}
    />
  );
}
