import { NotFound } from "../not-found";
import { path } from "../router";
import { EnhancementsScreen } from "./enhancements-screen";
import { Log } from "./log";
import { PeopleScreen } from "./people-screen";
import { PersonScreen } from "./person-screen";

/**
 * `/operator`, and below it one person, the catalogue of enhancements and the audit log. The operator sees nobody's
 * pictures or words; those of a check show hands.
 */
export function Operator() {
  const [, , part, id, ...more] = path.value.split("/");
  if (more.length > 0) return <NotFound />;
  if (part === undefined) return <PeopleScreen />;
  if (part === "people" && id !== undefined) return <PersonScreen key={id} id={id} />;
  if (part === "enhancements" && id === undefined) return <EnhancementsScreen />;
  if (part === "log") return <Log key={id} subject={id ?? null} />;
  return <NotFound />;
}
