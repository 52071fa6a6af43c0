import { useEffect } from "preact/hooks";
import { getDeletion } from "../api/endpoints";
import { NotFound } from "../not-found";
import { path } from "../router";
import { announce } from "../state/status-line";
import { Moment } from "../ui/format";
import { LoadEnd } from "../ui/load-end";
import { useLoaded } from "../ui/use-loaded";

/** How long until the studio is asked again whether a deletion has finished. */
const PAUSE_MS = 2_000;

/** `/deleted/{id}`: what became of an account. Nobody has to be signed in. */
export function Receipt() {
  const id = path.value.split("/")[2] ?? "";
  const loaded = useLoaded(() => getDeletion(id));
  const deletion = loaded.value.value;
  const finished = deletion !== null && deletion.finished_at !== null;
  useEffect(() => {
    if (deletion === null) return;
    if (finished) announce("The account is deleted.");
    else {
      const timer = setTimeout(loaded.reload, PAUSE_MS);
      return () => clearTimeout(timer);
    }
  }, [deletion]);

  if (loaded.error.value?.code === "not_found") return <NotFound />;
  return (
    <div class="plain-page">
      <h1 tabIndex={-1}>{finished ? "The account is deleted" : "The account is being deleted"}</h1>
      <LoadEnd loaded={loaded} />
      {deletion !== null && (
        <>
          <p>{deletion.text}</p>
          <p class="small-print">
            Asked for <Moment at={deletion.requested_at} />
            {deletion.finished_at !== null && (
              <>
                , done <Moment at={deletion.finished_at} />
              </>
            )}
            . This page is the receipt: keep its address if you want to look again.
          </p>
        </>
      )}
    </div>
  );
}
