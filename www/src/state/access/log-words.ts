// The person's access log in plain words.
import type { AccessAction, AccessEntry } from "../../api/types";

/** A studio that is newer than this page can log actions that are not listed here. */
const sentences: { readonly [action in AccessAction]?: string } = {
  studio_opened: "Your account was created.",
  signed_in: "You signed in.",
  signed_out: "You signed out.",
  session_ended: "A browser was signed out, by you or because you signed in with it again.",
  session_timed_out: "A browser was signed out, because it had not been used for a while.",
  link_minted: "Your studio made a sign-in link for you.",
  links_revoked: "Your studio canceled the sign-in links that you had not used.",
  suspended: "Your studio paused your account.",
  reinstated: "Your studio opened your account again.",
  model_bound: "Your studio added a model of you.",
  exported: "You downloaded everything you have here.",
  picture_shared: "You made a link that shows one of your pictures.",
  share_link_ended: "You ended a link that showed one of your pictures.",
  moved_to_bin: "You moved something to your bin.",
  deleted_for_good: "You deleted something for good.",
  allowance_changed: "Your studio changed your allowance, or answered that you asked for more.",
  model_unbound: "Your studio took a model away.",
  model_retired: "Your studio retired a model: it makes no new pictures.",
  model_checked: "Your studio checked whether a model of you acts on pictures.",
};

/** What happened, in a sentence to the person. */
export function accessSentence({ action, actor }: Pick<AccessEntry, "action" | "actor">): string {
  if (action === "link_minted" && actor === "system") return "A sign-in link was sent to your e-mail address.";
  if (action === "deleted_for_good" && actor === "system") return "What had waited in your bin is gone for good.";
  if (action === "email_changed")
    return actor === "person" ? "You removed your e-mail address." : "Your studio changed your e-mail address.";
  return sentences[action] ?? `Your account was changed: ${action.replaceAll("_", " ")}.`;
}
