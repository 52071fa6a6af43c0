import { deletePerson } from "../api/endpoints";
import type { Person } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { people } from "./people";

/** Somebody whose creation stopped half-way: it can be finished or removed. */
export function HalfMade({ person: { id, name }, onFinish }: { person: Person; onFinish(): void }) {
  const { busy, error, run } = useAction();
  const remove = () =>
    run(async () => {
      await deletePerson(id, { confirm: id });
      people.items.value = (people.items.peek() ?? []).filter((person) => person.id !== id);
      announce(`${name} is removed.`);
      // The button that had the focus is gone.
      document.querySelector("h1")?.focus();
    });
  return (
    <>
      <div>
        <p>
          {name}
          <strong class="tag tag-danger">created half-way</strong>
        </p>
        <p class="small-print">
          <code>{id}</code>. They cannot sign in yet.
        </p>
        {error.value && <ErrorNotice error={error.value} />}
      </div>
      <div class="screen-actions">
        <Button onClick={onFinish}>Finish</Button>
        <Button kind="quiet" disabled={busy.value} onClick={remove}>
          Remove
        </Button>
      </div>
    </>
  );
}
