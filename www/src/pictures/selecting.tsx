import { type Signal, useSignal } from "@preact/signals";
import { getArchive } from "../api/endpoints";
import { Button } from "../ui/button";
import { DownloadIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** The ids of the chosen pictures, in the order in which they were chosen; null while none can be chosen. */
export type Chosen = Signal<readonly string[] | null>;

/** Begins and ends choosing, and downloads what is chosen as one archive. */
export function Selecting({ chosen }: { chosen: Chosen }) {
  const recipes = useSignal(false);
  const { busy, error, run } = useAction();
  const ids = chosen.value;
  if (ids === null) {
    return (
      <Button kind="quiet" onClick={() => (chosen.value = [])}>
        Choose pictures
      </Button>
    );
  }
  const download = () =>
    run(async () => {
      const [{ save }, file] = await Promise.all([
        import("../recipes/save"),
        getArchive({ pictures: { ids: [...ids] }, recipes: recipes.value }),
      ]);
      save(file.bytes, file.name ?? "selfsame.zip", file.type);
      chosen.value = null;
    });
  return (
    <div class="selecting">
      <Button icon={<DownloadIcon />} disabled={ids.length === 0} aria-busy={busy.value} onClick={download}>
        {ids.length === 1 ? "Download 1 picture" : `Download ${ids.length} pictures`}
      </Button>
      <label class="check">
        <input
          type="checkbox"
          checked={recipes.value}
          onChange={({ currentTarget }) => (recipes.value = currentTarget.checked)}
        />
        with their recipes
      </label>
      <Button kind="quiet" onClick={() => (chosen.value = null)}>
        Cancel
      </Button>
      {error.value && <ErrorNotice error={error.value} />}
    </div>
  );
}

/** Whether a picture is chosen. */
export function Choose({ chosen, picture, name }: { chosen: Chosen; picture: string; name: string }) {
  const ids = chosen.value;
  if (ids === null) return null;
  const toggle = (on: boolean) => {
    const others = ids.filter((id) => id !== picture);
    chosen.value = on ? [...others, picture] : others;
  };
  return (
    <input
      type="checkbox"
      class="choose"
      aria-label={`Choose ${name}`}
      checked={ids.includes(picture)}
      onChange={({ currentTarget }) => toggle(currentTarget.checked)}
    />
  );
}
