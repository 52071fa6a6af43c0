// The audit log in plain words.
import type { AuditRecord } from "../api/types";

/** What was done, up to the person it was done to, if it was done to one. */
const actions: Readonly<Record<string, string>> = {
  create_person: "created",
  suspend: "suspended",
  reinstate: "reinstated",
  set_email: "changed the e-mail address of",
  mint_link: "made a sign-in link for",
  request_link: "asked for a sign-in link for",
  approve_link: "approved the sign-in link for",
  decline_link: "declined the sign-in link for",
  revoke_links: "canceled the unused sign-in links of",
  bind_model: "bound a model to",
  unbind_model: "took a model from",
  retire_model: "retired a model of",
  check_lora: "checked the LoRA of a model of",
  transfer_model: "gave somebody else a model of",
  change_allowance: "changed the allowance of",
  decline_more: "declined more pictures for",
  delete_person: "deleted",
  put_enhancement: "changed the catalogue of enhancements",
  retire_enhancement: "retired an enhancement",
};

/** What was done, to be read between the operator's id and the person's. */
export function actionWords({ action }: Pick<AuditRecord, "action">): string {
  return actions[action] ?? `did “${action.replaceAll("_", " ")}” to`;
}

/** Who did it: an operator's id, or what stands in its place when the person did it without one. */
export function actorOf({ operator }: Pick<AuditRecord, "operator">): { id: string } | { name: string } {
  return operator.startsWith("(") ? { name: "Self-service" } : { id: operator };
}

/** The person it was done to. What is done to the catalogue has its own actor as its subject, and was done to nobody. */
export const subjectOf = ({ operator, subject }: Pick<AuditRecord, "operator" | "subject">): string | null =>
  subject === operator ? null : subject;
