import { useEffect } from "preact/hooks";
import type { Person } from "../api/types";
import { NotFound } from "../not-found";
import { Moment } from "../ui/format";
import { PageEnd } from "../ui/page-end";
import { AccessSection } from "./access-section";
import { ModelsSection } from "./models-section";
import { people } from "./people";
import { SignInSection } from "./sign-in-section";
import { StatusTag } from "./status-tag";

/** One person: how they get in, their models, and whether they may. */
export function PersonScreen({ id }: { id: string }) {
  const person = people.items.value?.find((one) => one.id === id);
  const searching = person === undefined && people.error.value === null;
  const complete = people.items.value !== null && !people.hasMore.value;
  useEffect(() => {
    // A person on a later page of the list is found by paging on.
    if (searching && !complete) void people.more();
  }, [searching, complete, people.items.value]);

  if (person !== undefined) return <Known person={person} />;
  if (searching && complete) return <NotFound />;
  return (
    <div class="screen">
      <h1 tabIndex={-1}>{id}</h1>
      <PageEnd list={people} />
    </div>
  );
}

function Known({ person }: { person: Person }) {
  const { id, name, role, created_at } = person;
  return (
    <div class="screen">
      <div class="screen-head">
        <p>
          <a href="/operator">All people</a>
        </p>
        <h1 tabIndex={-1}>
          {name}
          <StatusTag person={person} />
        </h1>
        <p class="small-print">
          <code>{id}</code>, {role}, created <Moment at={created_at} />.{" "}
          <a href={`/operator/log/${id}`}>What was done to them</a>
        </p>
      </div>
      <SignInSection person={person} />
      {role === "person" && <ModelsSection person={person} />}
      <AccessSection person={person} />
    </div>
  );
}
