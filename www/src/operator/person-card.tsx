import { useSignal } from "@preact/signals";
import { mintLink, reinstatePerson, suspendPerson } from "../api/endpoints";
import type { Link, Person } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { BindModelForm } from "./bind-model";
import { setStatus } from "./people";

export function PersonCard({ person }: { person: Person }) {
  const link = useSignal<Link | null>(null);
  const binding = useSignal(false);
  const { busy, error, run } = useAction();
  const suspended = person.status === "suspended";

  const mint = () =>
    run(async () => {
      link.value = await mintLink(person.id, {});
      announce(`A link for ${person.name} is ready to copy.`);
    });
  const toggle = () =>
    run(async () => {
      await (suspended ? reinstatePerson(person.id) : suspendPerson(person.id));
      setStatus(person.id, suspended ? "active" : "suspended");
      announce(`${person.name} is ${suspended ? "active again" : "suspended"}.`);
    });

  return (
    <article class="person" aria-label={person.name}>
      <div class="person-head">
        <h2>{person.name}</h2>
        <p class="small-print">
          <code>{person.id}</code>, {person.role}
          {suspended && <strong class="person-suspended">suspended</strong>}
        </p>
      </div>
      {person.role === "person" && <Models person={person} />}
      <div class="operator-actions">
        <Button disabled={busy.value || suspended} onClick={mint}>
          Sign-in link
        </Button>
        {person.role === "person" && (
          <>
            <Button aria-expanded={binding.value} onClick={() => (binding.value = !binding.value)}>
              Bind a model
            </Button>
            <Button kind="quiet" disabled={busy.value} onClick={toggle}>
              {suspended ? "Reinstate" : "Suspend"}
            </Button>
          </>
        )}
      </div>
      {error.value && <ErrorNotice error={error.value} />}
      {link.value && <MintedLink link={link.value} name={person.name} />}
      {binding.value && <BindModelForm person={person} onDone={() => (binding.value = false)} />}
    </article>
  );
}

function Models({ person: { models } }: { person: Person }) {
  if (models.length === 0) return <p class="person-models">No model yet: they can sign in, but not make pictures.</p>;
  return (
    <ul class="person-models">
      {models.map((model) => (
        <li key={model.id}>
          {model.provider_model} <code title={model.version}>{model.version.slice(0, 12)}</code>
        </li>
      ))}
    </ul>
  );
}

function MintedLink({ link, name }: { link: Link; name: string }) {
  return (
    <div class="minted">
      <label>
        <span>
          Give this to {name}. It works once, until <Moment at={link.expires_at} />.
        </span>
        <input type="text" readOnly value={link.url} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <CopyButton text={link.url} label="Copy link" />
    </div>
  );
}
