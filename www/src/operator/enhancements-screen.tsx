import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { getCatalogue, retireEnhancement } from "../api/endpoints";
import type { CatalogueEntry } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { LoadEnd } from "../ui/load-end";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useLoaded } from "../ui/use-loaded";
import { EnhancementForm } from "./enhancement-form";

/** The catalogue of enhancement LoRAs. */
export function EnhancementsScreen() {
  const catalogue = useLoaded(async () => (await getCatalogue()).enhancements);
  const form = useSignal<"closed" | "new" | CatalogueEntry>("closed");
  const heading = useRef<HTMLHeadingElement>(null);
  const { busy, error, run } = useAction();
  const retire = ({ id, title }: CatalogueEntry) =>
    run(async () => {
      await retireEnhancement(id);
      announce(`${title} is retired.`);
      catalogue.reload();
      // The button that had the focus goes.
      heading.current?.focus();
    });
  const open = form.value;
  return (
    <div class="screen">
      <div class="screen-head">
        <h1 tabIndex={-1} ref={heading}>
          Enhancements
        </h1>
        <p class="screen-words">
          LoRAs that everybody here can add beside their own, for skin, light or detail. Read each licence before you
          offer one.
        </p>
      </div>
      <LoadEnd loaded={catalogue} />
      <div class="screen-section" hidden={catalogue.value.value === null}>
        {error.value && <ErrorNotice error={error.value} />}
        <ul class="entries">
          {catalogue.value.value?.map((entry) => (
            <li key={entry.id} class="entry">
              <Words entry={entry} />
              <div class="screen-actions">
                <Button
                  aria-label={entry.retired_at === null ? `Change ${entry.title}` : `Offer again, ${entry.title}`}
                  onClick={() => (form.value = entry)}
                >
                  {entry.retired_at === null ? "Change" : "Offer again"}
                </Button>
                {entry.retired_at === null && (
                  <Button disabled={busy.value} aria-label={`Retire ${entry.title}`} onClick={() => retire(entry)}>
                    Retire
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
        {open === "closed" ? (
          <div>
            <Button onClick={() => (form.value = "new")}>Add an enhancement</Button>
          </div>
        ) : (
          <EnhancementForm
            key={open === "new" ? open : open.id}
            before={open === "new" ? null : open}
            onDone={(changed) => {
              form.value = "closed";
              if (changed) catalogue.reload();
              // The button that had the focus is gone.
              heading.current?.focus();
            }}
          />
        )}
      </div>
    </div>
  );
}

function Words({ entry }: { entry: CatalogueEntry }) {
  const { id, title, reference, phrase, default_scale, max_scale, licence, licence_note, preview, retired_at } = entry;
  return (
    <div>
      <p>
        {title}
        {retired_at !== null && <strong class="tag">retired</strong>}
      </p>
      {preview !== "" && <p class="small-print">{preview}</p>}
      <p class="small-print">
        <code>{id}</code>, <code>{reference}</code>
      </p>
      <p class="small-print">
        {phrase === null ? "No phrase" : <q>{phrase}</q>}, scale {default_scale}, at most {max_scale}. Licence:{" "}
        {licence}. {licence_note}
      </p>
    </div>
  );
}
