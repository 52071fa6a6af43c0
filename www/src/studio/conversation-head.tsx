import { navigate } from "../router";
import { refilled } from "../state/draft/composer";
import { newConversation } from "../state/talk/conversation";
import { conversation } from "../state/talk/open";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** What the conversation is called, and the ways to others. */
export function ConversationHead() {
  const { busy, error, run } = useAction();
  const begin = () =>
    run(async () => {
      await newConversation();
      navigate("/");
      refilled.value = true;
    });
  const title = conversation.value?.title;
  return (
    <div class="conversation-head">
      <p class="conversation-title">{title ?? "New conversation"}</p>
      <a href="/conversations">All conversations</a>
      {title !== undefined && (
        <Button kind="quiet" disabled={busy.value} onClick={begin}>
          New
        </Button>
      )}
      {error.value && <ErrorNotice error={error.value} />}
    </div>
  );
}
