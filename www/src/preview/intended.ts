import { draft } from "../state/draft";

/** What Generate would send at this moment. */
export const intended = draft;
