// The people that the operator looks after.
import { getPeople } from "../api/endpoints";
import type { BoundModel, Person } from "../api/types";
import { paged } from "../state/paged";

export const people = paged<Person>(async (cursor) => {
  const { people, next_cursor } = await getPeople(cursor);
  return { items: people, next: next_cursor };
});

export function addPerson(person: Person): void {
  people.items.value = [person, ...(people.items.peek() ?? []).filter(({ id }) => id !== person.id)];
}

function changePerson(id: string, changed: (person: Person) => Person): void {
  people.items.value = (people.items.peek() ?? []).map((person) => (person.id === id ? changed(person) : person));
}

export const setStatus = (id: string, status: Person["status"]) =>
  changePerson(id, (person) => ({ ...person, status }));
export const addModel = (id: string, model: BoundModel) =>
  changePerson(id, (person) => ({ ...person, models: [...person.models, model] }));
