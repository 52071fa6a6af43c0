import { useSignal } from "@preact/signals";
import { EXPORT_ADDRESS } from "../api/endpoints";
import { navigate } from "../router";
import { deleteAccount, me } from "../state/session";
import { Button } from "../ui/button";
import { DownloadIcon } from "../ui/icons";
import { ConfirmDeletion } from "./confirm-deletion";
import { ShareLinks } from "./share-links";

/** Taking everything along, and leaving. */
export function YourData() {
  return (
    <>
      <ShareLinks />
      <Export />
      <Leave />
    </>
  );
}

function Export() {
  return (
    <section class="screen-section" aria-labelledby="export-title">
      <h2 id="export-title">Take everything with you</h2>
      <p class="screen-words">
        One archive with all your pictures and their recipes, your conversations, requests and prompts, where your
        allowance went, and what happened to your account. What lies in your bin is in it, too.
      </p>
      <div class="screen-actions">
        <a class="button" href={EXPORT_ADDRESS} download>
          <DownloadIcon />
          <span>Download everything</span>
        </a>
      </div>
    </section>
  );
}

function Leave() {
  const asking = useSignal(false);
  const name = me()?.name ?? "";
  const remove = async (providerVersions: boolean) => {
    const receipt = await deleteAccount(providerVersions);
    if (receipt !== null) navigate(`/deleted/${receipt}`, { replace: true });
  };
  return (
    <section class="screen-section" aria-labelledby="leave-title">
      <h2 id="leave-title">Delete my account</h2>
      <p class="screen-words">
        Your pictures, requests, models and history are deleted at once and for good, and you are signed out everywhere.
        Nobody can bring them back. Download everything first if you may want it again. You get a receipt.
      </p>
      <div>
        <Button kind="danger" onClick={() => (asking.value = true)}>
          Delete my account
        </Button>
      </div>
      {asking.value && (
        <ConfirmDeletion
          title="Delete your account for good?"
          text="Everything you have here goes, and nobody can bring it back. Pictures under way are canceled."
          name={name}
          onConfirm={remove}
          onClose={() => (asking.value = false)}
        />
      )}
    </section>
  );
}
