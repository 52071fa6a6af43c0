import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { getArchive } from "../api/endpoints";
import { Button } from "../ui/button";
import { plural } from "../ui/format";
import { DownloadIcon } from "../ui/icons";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** The ids of the chosen pictures, in the order in which they were chosen; null while none can be chosen. */
export type Chosen = Signal<readonly string[] | null>;

/** Begins and ends choosing, and downloads what is chosen as one archive. */
export function Selecting({ chosen }: { chosen: Chosen }) {
  const recipes = useSignal(false);
  const { busy, error, run } = useAction();
  const box = useRef<HTMLDivElement>(null);
  const ids = chosen.value;
  const choosing = ids !== null;
  const chose = useRef(choosing);
  useEffect(() => {
    // Download had the focus and is gone.
    if (chose.current && !choosing && document.activeElement === document.body)
      box.current?.querySelector("button")?.focus();
    chose.current = choosing;
  }, [choosing]);
  const download = (pictures: readonly string[]) =>
    run(async () => {
      const [{ save }, file] = await Promise.all([
        import("../recipes/save"),
        getArchive({ pictures: { ids: [...pictures] }, recipes: recipes.value }),
      ]);
      save(file.bytes, file.name ?? "selfsame.zip", file.type);
      chosen.value = null;
    });
  return (
    <div class="selecting" ref={box}>
      {ids !== null && (
        <>
          <Button
            icon={<DownloadIcon />}
            disabled={ids.length === 0 || busy.value}
            aria-busy={busy.value}
            onClick={() => download(ids)}
          >
            Download {plural(ids.length, "picture")}
          </Button>
          <label class="check-field">
            <input
              type="checkbox"
              checked={recipes.value}
              onChange={({ currentTarget }) => (recipes.value = currentTarget.checked)}
            />
            with their recipes
          </label>
        </>
      )}
      {/* One button for both, so that it keeps the focus. */}
      <Button kind="quiet" disabled={busy.value} onClick={() => (chosen.value = choosing ? null : [])}>
        {choosing ? "Cancel" : "Choose pictures"}
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
