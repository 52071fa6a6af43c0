// The people that the operator looks after.
import { getPeople } from "../api/endpoints";
import type { Person } from "../api/types";
import { paged } from "../state/paged";

export const people = paged<Person>(async (cursor) => {
  const { people, next_cursor } = await getPeople(cursor);
  return { items: people, next: next_cursor };
});
