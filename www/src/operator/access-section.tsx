import { useSignal } from "@preact/signals";
import { ConfirmDeletion } from "../account/confirm-deletion";
import { deletePerson, reinstatePerson, suspendPerson } from "../api/endpoints";
import type { Person } from "../api/types";
import { navigate } from "../router";
import { me } from "../state/session";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { Confirm } from "../ui/confirm";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

interface AccessSectionProps {
  person: Person;
  onChange(status: Person["status"]): void;
}

/** Whether a person may use the studio. */
export function AccessSection({ person: { id, name, status }, onChange }: AccessSectionProps) {
  const suspending = useSignal(false);
  const deleting = useSignal(false);
  const { busy, error, run } = useAction();
  const suspended = status === "suspended";

  const suspend = async () => {
    await suspendPerson(id);
    onChange("suspended");
    announce(`${name} is suspended.`);
  };
  const reinstate = () =>
    run(async () => {
      await reinstatePerson(id);
      onChange("active");
      announce(`${name} may sign in again.`);
    });
  const remove = async (providerVersions: boolean) => {
    const deletion = await deletePerson(id, { confirm: id, provider_versions: providerVersions });
    navigate(`/deleted/${deletion.id}`);
  };
  if (id === me()?.id) return null;
  return (
    <section class="screen-section" aria-labelledby="access-title">
      <h2 id="access-title">Access</h2>
      <p class="screen-words">
        {suspended
          ? "They are signed out and cannot sign in. Everything they have is kept. Reinstated, they need a new link."
          : "Suspending signs them out everywhere and cancels their links. Pictures under way are finished and kept, what waits in their queue ends, and nothing is deleted."}
      </p>
      {error.value && <ErrorNotice error={error.value} />}
      <div class="screen-actions">
        {suspended ? (
          <Button disabled={busy.value} onClick={reinstate}>
            Reinstate
          </Button>
        ) : (
          <Button kind="danger" onClick={() => (suspending.value = true)}>
            Suspend
          </Button>
        )}
        <Button kind="quiet" onClick={() => (deleting.value = true)}>
          Delete for good
        </Button>
      </div>
      {deleting.value && (
        <ConfirmDeletion
          title={`Delete ${name} for good?`}
          text="Everything they have goes, their id and models are free again, and nobody can bring it back."
          name={id}
          onConfirm={remove}
          onClose={() => (deleting.value = false)}
        />
      )}
      {suspending.value && (
        <Confirm
          title={`Suspend ${name}?`}
          text="They are signed out at once, and cannot sign in until you reinstate them. Nothing is deleted."
          action="Suspend"
          keep="Not now"
          onConfirm={suspend}
          onClose={() => (suspending.value = false)}
        />
      )}
    </section>
  );
}
