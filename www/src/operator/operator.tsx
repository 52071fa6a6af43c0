import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getHealth } from "../api/endpoints";
import type { Health } from "../api/types";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { CreatePersonForm } from "./create-person";
import { hasMorePeople, loadPeople, people, peopleError } from "./people";
import { PersonCard } from "./person-card";

/** Accounts and model bindings. The operator sees nobody's pictures or words. */
export function Operator() {
  useEffect(() => {
    void loadPeople(true);
  }, []);
  return (
    <div class="operator">
      <div class="operator-head">
        <h1 tabIndex={-1}>People</h1>
        <p>Who may use this studio, and with which model. Their pictures and words are theirs alone.</p>
        <ProviderNote />
      </div>
      <CreatePersonForm />
      {peopleError.value && (
        <ErrorNotice error={peopleError.value}>
          <Button onClick={() => void loadPeople(true)}>Try again</Button>
        </ErrorNotice>
      )}
      {people.value?.length === 0 && (
        <p>Nobody yet. Create the first person above, bind their model, and send them a link.</p>
      )}
      <ul class="people">
        {people.value?.map((person) => (
          <li key={person.id}>
            <PersonCard person={person} />
          </li>
        ))}
      </ul>
      {hasMorePeople.value && <Button onClick={() => void loadPeople(false)}>More</Button>}
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
  if (health.value === null) return null;
  const { problem, provider, version } = health.value;
  return (
    <p class={problem === null ? "small-print" : "notice"}>{problem ?? `Provider: ${provider}. Version ${version}.`}</p>
  );
}
