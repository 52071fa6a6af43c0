import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { getHealth } from "../api/endpoints";
import type { Health, Person } from "../api/types";
import { Button } from "../ui/button";
import { plural } from "../ui/format";
import { PageEnd } from "../ui/page-end";
import { CreatePersonForm } from "./create-person";
import { LinkRequests } from "./link-requests";
import { people } from "./people";
import { StatusTag } from "./status-tag";

/** Who may use the studio, and what waits for the operator. */
export function PeopleScreen() {
  const creating = useSignal(false);
  const formId = useId();
  useEffect(() => {
    void people.reload();
  }, []);
  return (
    <div class="screen">
      <div class="screen-head">
        <h1 tabIndex={-1}>People</h1>
        <p class="screen-words">
          Who may use this studio, and with which model. Their pictures and words are theirs alone.
        </p>
        <ProviderNote />
      </div>
      <LinkRequests />
      <div class="screen-section">
        <div>
          <Button
            aria-expanded={creating.value}
            aria-controls={formId}
            onClick={() => (creating.value = !creating.value)}
          >
            Create a person
          </Button>
        </div>
        <div id={formId} hidden={!creating.value}>
          {creating.value && <CreatePersonForm onDone={() => (creating.value = false)} />}
        </div>
        {people.items.value?.length === 0 && (
          <p>Nobody yet. Create the first person, bind their model, and send a link.</p>
        )}
        <ul class="entries">
          {people.items.value?.map((person) => (
            <li key={person.id} class="entry">
              <PersonEntry person={person} />
            </li>
          ))}
        </ul>
        <PageEnd list={people} />
      </div>
    </div>
  );
}

function PersonEntry({ person }: { person: Person }) {
  const { id, name, role, models } = person;
  return (
    <>
      <p>
        <a href={`/operator/people/${id}`}>{name}</a>
        <StatusTag person={person} />
      </p>
      <p class="small-print">
        <code>{id}</code>,{" "}
        {role === "operator" ? "operator" : models.length === 0 ? "no model yet" : plural(models.length, "model")}
      </p>
    </>
  );
}

function ProviderNote() {
  const health = useSignal<Health | null>(null);
  useEffect(() => {
    void getHealth().then(
      (answer) => (health.value = answer),
      () => (health.value = null),
    );
  }, []);
  if (health.value === null) return <p class="small-print">Asking for the provider…</p>;
  const { problem, provider, version } = health.value;
  return (
    <p class={problem === null ? "small-print" : "notice"}>{problem ?? `Provider: ${provider}. Version ${version}.`}</p>
  );
}
