import { useSignal } from "@preact/signals";
import { sharePicture } from "../api/endpoints";
import type { ShareLink } from "../api/types";
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
  const share = () =>
    run(async () => {
      link.value = await sharePicture(picture);
    });
  if (link.value === null) {
    return (
      <>
        <Button icon={<ShareIcon />} aria-busy={busy.value} onClick={share}>
          Share
        </Button>
        {error.value && <ErrorNotice error={error.value} />}
      </>
    );
  }
  const { url, expires_at } = link.value;
  return (
    <div class="share" role="status">
      <p class="small-print">
        Whoever has this link sees the picture, without its recipe, until <Moment at={expires_at} />. You can end it
        under “Your data”.
      </p>
      <p class="share-address">{url}</p>
      <CopyButton text={url} label="Copy the link" />
    </div>
  );
}
