import { computed, signal } from "@preact/signals";
import { getPeople } from "../api/endpoints";
import { type ApiError, toApiError } from "../api/error";
import type { BoundModel, Person } from "../api/types";

export const people = signal<readonly Person[] | null>(null);
export const peopleError = signal<ApiError | null>(null);
const cursor = signal<string | null>(null);
export const hasMorePeople = computed(() => cursor.value !== null);

/** Loads the next page; the first one when `anew` is set. */
export async function loadPeople(anew: boolean): Promise<void> {
  peopleError.value = null;
  try {
    const page = await getPeople(anew ? null : cursor.peek());
    people.value = anew ? page.people : [...(people.peek() ?? []), ...page.people];
    cursor.value = page.next_cursor;
  } catch (thrown) {
    peopleError.value = toApiError(thrown);
  }
}

export function addPerson(person: Person): void {
  people.value = [person, ...(people.peek() ?? []).filter(({ id }) => id !== person.id)];
}

function changePerson(id: string, changed: (person: Person) => Person): void {
  people.value = (people.peek() ?? []).map((person) => (person.id === id ? changed(person) : person));
}

export const setStatus = (id: string, status: Person["status"]) =>
  changePerson(id, (person) => ({ ...person, status }));
export const addModel = (id: string, model: BoundModel) =>
  changePerson(id, (person) => ({ ...person, models: [...person.models, model] }));
