import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { getHealth, getInbox, getLinkRequests } from "../api/endpoints";
import type { Health, Person } from "../api/types";
import { Button } from "../ui/button";
import { plural } from "../ui/format";
import { LoadEnd } from "../ui/load-end";
import { PageEnd } from "../ui/page-end";
import { useLoaded } from "../ui/use-loaded";
import { CreatePersonForm } from "./create-person";
import { HalfMade } from "./half-made";
import { Inbox } from "./inbox";
import { LinkRequests } from "./link-requests";
import { people } from "./people";
import { StatusTag } from "./status-tag";

/** Who may use the studio, and what waits for the operator. */
export function PeopleScreen() {
  const creating = useSignal<"nobody" | "new" | Person>("nobody");
  // Before the list is shown, so that it does not move down when something waits.
  const waiting = useLoaded(async () => {
    const [links, inbox] = await Promise.all([getLinkRequests(), getInbox(), people.reload()]);
    return { links: links.requests, asked: inbox.items };
  });
  const heading = useRef<HTMLHeadingElement>(null);
  const form = creating.value;
  return (
    <div class="screen">
      <div class="screen-head">
        <h1 tabIndex={-1} ref={heading}>
          People
        </h1>
        <p class="screen-words">
          Who may use this studio, and with which model. Their pictures and words are theirs alone.
        </p>
        <ProviderNote />
      </div>
      <LoadEnd loaded={waiting} />
      {waiting.value.value && (
        <>
          <LinkRequests waiting={waiting.value.value.links} />
          <Inbox waiting={waiting.value.value.asked} />
        </>
      )}
      <div class="screen-section" hidden={waiting.value.value === null && waiting.error.value === null}>
        {form === "nobody" ? (
          <div>
            <Button onClick={() => (creating.value = "new")}>Create a person</Button>
          </div>
        ) : (
          <CreatePersonForm
            key={form === "new" ? form : form.id}
            halfMade={form === "new" ? null : form}
            onDone={() => {
              creating.value = "nobody";
              // The button that had the focus is gone.
              heading.current?.focus();
            }}
          />
        )}
        {people.items.value?.length === 0 && (
          <p>Nobody yet. Create the first person, bind their model, and send a link.</p>
        )}
        <ul class="entries">
          {people.items.value?.map((person) => (
            <li key={person.id} class="entry entry-with-action">
              {person.status === "creating" ? (
                <HalfMade person={person} onFinish={() => (creating.value = person)} />
              ) : (
                <PersonEntry person={person} />
              )}
            </li>
          ))}
        </ul>
        <PageEnd list={people} />
      </div>
    </div>
  );
}

function PersonEntry({ person }: { person: Person }) {
  const { id, name, role, models, status } = person;
  const about =
    role === "operator" ? "operator" : models.length === 0 ? "no model yet" : plural(models.length, "model");
  return (
    <div>
      <p>
        {status === "deleting" ? name : <a href={`/operator/people/${id}`}>{name}</a>}
        <StatusTag person={person} />
      </p>
      <p class="small-print">
        <code>{id}</code>, {about}
      </p>
    </div>
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
