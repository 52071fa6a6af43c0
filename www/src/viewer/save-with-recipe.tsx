import { useSignal } from "@preact/signals";
import { type ApiError, toApiError } from "../api/error";
import type { Picture } from "../api/types";
import { Button } from "../ui/button";
import { DownloadIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";

/** Downloads the picture with its recipe inside: the page puts it in, the studio's file stays as it is. */
export function SaveWithRecipe({ picture }: { picture: Picture }) {
  const busy = useSignal(false);
  const error = useSignal<ApiError | null>(null);
  const run = async () => {
    if (busy.peek()) return;
    busy.value = true;
    error.value = null;
    try {
      const { saveWithRecipe } = await import("../recipes/save");
      await saveWithRecipe(picture);
    } catch (thrown) {
      error.value = toApiError(thrown);
    } finally {
      busy.value = false;
    }
  };
  return (
    <>
      <Button icon={<DownloadIcon />} aria-busy={busy.value} onClick={() => void run()}>
        Download with recipe
      </Button>
      {error.value && <ErrorNotice error={error.value} />}
    </>
  );
}
