import type { Person } from "../api/types";

/** A person's state, unless it is the usual one. */
export function StatusTag({ person: { status } }: { person: Person }) {
  return status === "suspended" ? <strong class="tag tag-danger">suspended</strong> : null;
}
