import type { Picture } from "../api/types";
import { Button } from "../ui/button";
import { DownloadIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** Downloads the picture with its recipe inside. The page embeds it; the studio's file stays as it is. */
export function SaveWithRecipe({ picture }: { picture: Picture }) {
  const { busy, error, run } = useAction();
  const save = () =>
    run(async () => {
      const { saveWithRecipe } = await import("../recipes/save");
      await saveWithRecipe(picture);
    });
  return (
    <>
      <Button icon={<DownloadIcon />} aria-busy={busy.value} onClick={save}>
        Download with recipe
      </Button>
      {error.value && <ErrorNotice error={error.value} />}
    </>
  );
}
