import { useLayoutEffect, useRef } from "preact/hooks";
import { type Remark, remarks } from "../state/draft/remarks";
import { applyFix } from "../state/talk/talk";
import { Button } from "../ui/button";
import { WarningIcon } from "../ui/icons";

/** What the person should know before paying, each with its fix where there is one. Not a live region: it changes on every keystroke. */
export function RemarkList() {
  const list = useRef<HTMLUListElement>(null);
  /** The index of the fix that was pressed. Its button disappears, and the focus moves to the next one. */
  const pressed = useRef<number | null>(null);
  const shown = remarks.value;

  useLayoutEffect(() => {
    if (pressed.current === null) return;
    const fixes = list.current?.querySelectorAll<HTMLElement>(".remark-fix .button") ?? [];
    const next = fixes[Math.min(pressed.current, fixes.length - 1)];
    pressed.current = null;
    (next ?? document.getElementById("words"))?.focus({ preventScroll: true });
  });

  if (shown.length === 0) return null;
  const fix = (remark: Remark) => {
    if (remark.fix === null) return;
    pressed.current = shown.filter((one) => one.fix !== null).indexOf(remark);
    applyFix(remark.fix);
  };
  return (
    <ul class="remarks" aria-label="Before you generate" ref={list}>
      {shown.map((remark, index) => (
        <RemarkItem key={`${remark.code}-${index}`} remark={remark} onFix={() => fix(remark)} />
      ))}
    </ul>
  );
}

const severities = { error: "Must be changed", warning: "Worth changing", notice: "Good to know" } as const;

function RemarkItem({ remark: { severity, message, words, fix }, onFix }: { remark: Remark; onFix(): void }) {
  return (
    <li class={`remark remark-${severity}`}>
      {severity !== "notice" && <WarningIcon />}
      <div>
        <p>
          <span class="visually-hidden">{severities[severity]}: </span>
          {words !== null && <q class="remark-words">{words}</q>}
          {message}
        </p>
        {fix !== null && (
          <p class="remark-fix">
            <Button onClick={onFix}>Fix</Button>
            <span>
              {fix.text.trim() === "" ? "takes these words out" : `writes “${fix.text.replace(/^[\s,;.]+/, "")}”`}
            </span>
          </p>
        )}
      </div>
    </li>
  );
}
