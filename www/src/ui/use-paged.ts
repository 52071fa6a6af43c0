import { useEffect, useMemo } from "preact/hooks";
import { type Page, type Paged, paged } from "../state/paged";

/** A list that lives as long as the view: its first page is loaded when the view is first shown. */
export function usePaged<T>(fetchPage: (cursor: string | null) => Promise<Page<T>>): Paged<T> {
  const list = useMemo(() => paged(fetchPage), []);
  useEffect(() => {
    void list.reload();
  }, []);
  return list;
}
