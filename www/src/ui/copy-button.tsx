import { useSignal } from "@preact/signals";
import { announce } from "../state/status-line";
import { Button } from "./button";
import { CopyIcon } from "./icons";

interface CopyButtonProps {
  text: string;
  label: string;
  /** Ends the accessible name, where several buttons have the same label. */
  subject?: string;
}

/** Copies `text`, or says that the browser refuses to. */
export function CopyButton({ text, label, subject }: CopyButtonProps) {
  const answer = useSignal<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      answer.value = "Copied";
    } catch {
      answer.value = "Copying is switched off";
    }
    announce(`${answer.value}.`);
    setTimeout(() => (answer.value = null), 2_000);
  };
  return (
    <Button
      kind="quiet"
      icon={<CopyIcon />}
      aria-label={subject === undefined ? undefined : `${answer.value ?? label} ${subject}`}
      onClick={() => void copy()}
    >
      {answer.value ?? label}
    </Button>
  );
}
