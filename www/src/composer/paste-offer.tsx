import { canGiveBack, declineOffer, giveBack, offer, reviewing } from "../state/draft/paste";
import { Button } from "../ui/button";

/** Offers to clean up a prompt pasted from another tool, and to undo that. */
export function PasteOffer() {
  if (canGiveBack.value) {
    return (
      <div class="paste-offer">
        <p>Cleaned up.</p>
        <Button kind="quiet" onClick={giveBack}>
          Undo
        </Button>
      </div>
    );
  }
  if (offer.value === null) return null;
  return (
    <div class="paste-offer">
      <p>This looks like a prompt from another tool.</p>
      <Button onClick={() => (reviewing.value = true)}>Clean this up</Button>
      <Button kind="quiet" onClick={declineOffer}>
        Keep it as it is
      </Button>
    </div>
  );
}
