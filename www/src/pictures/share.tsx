import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { sharePicture } from "../api/endpoints";
import type { ShareLink } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/format";
import { ShareIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** Makes a link that shows the picture to whoever has it. */
export function Share({ picture }: { picture: string }) {
  const link = useSignal<ShareLink | null>(null);
  const { busy, error, run } = useAction();
  const made = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone.
  useEffect(() => made.current?.querySelector("button")?.focus(), [link.value]);
  const share = () =>
    run(async () => {
      link.value = await sharePicture(picture);
      announce("The link is made.");
    });
  if (link.value === null) {
    return (
      <div class="share">
        <Button icon={<ShareIcon />} aria-busy={busy.value} onClick={share}>
          Share
        </Button>
        {error.value && <ErrorNotice error={error.value} />}
      </div>
    );
  }
  const { url, expires_at } = link.value;
  return (
    <div class="share" ref={made}>
      <p class="small-print">
        Anyone with this link can see the picture, without its recipe, until <Moment at={expires_at} />. You can end it
        under “Your data”.
      </p>
      <p class="share-address">{url}</p>
      <CopyButton text={url} label="Copy the link" />
    </div>
  );
}
