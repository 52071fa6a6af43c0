import type { Person } from "../api/types";

const words: { readonly [status in Person["status"]]?: string } = {
  suspended: "suspended",
  deleting: "being deleted",
};

/** A person's state, unless it is the usual one. */
export function StatusTag({ person: { status } }: { person: Person }) {
  const word = words[status];
  return word === undefined ? null : <strong class="tag tag-danger">{word}</strong>;
}
