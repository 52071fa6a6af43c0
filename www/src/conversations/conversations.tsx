import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { changeConversation, getConversations } from "../api/endpoints";
import type { Conversation } from "../api/types";
import { removeConversation } from "../state/history/deleting";
import { announce } from "../state/status-line";
import { conversationsEdition, takeConversation } from "../state/talk/conversation";
import { Button } from "../ui/button";
import { Moment } from "../ui/format";
import { NameField } from "../ui/name-field";
import { ErrorNotice } from "../ui/notice";
import { PageEnd } from "../ui/page-end";
import { SearchField } from "../ui/search-field";
import { useAction } from "../ui/use-action";
import { usePaged } from "../ui/use-paged";

/** The person's conversations, pinned ones first, and how to find, name and delete them. */
export function Conversations() {
  const words = useSignal("");
  const list = usePaged(async (cursor) => {
    const page = await getConversations(words.peek() || null, cursor);
    return { items: page.sessions, next: page.next_cursor };
  });
  const first = useRef(true);
  useEffect(() => {
    // The list loads by itself at first.
    if (!first.current) void list.reload();
    first.current = false;
  }, [words.value, conversationsEdition.value]);
  const shown = list.items.value ?? [];
  return (
    <div class="screen">
      <div class="screen-head">
        <h1 tabIndex={-1}>Conversations</h1>
        <p class="screen-words">What you and Maya talked about, on every device. Deleting one keeps its pictures.</p>
        <SearchField
          label="Search what was said"
          onSearch={(wanted) => {
            words.value = wanted;
          }}
        />
      </div>
      <ul class="entries">
        {shown.map((conversation) => (
          <Entry key={conversation.id} conversation={conversation} />
        ))}
      </ul>
      {list.items.value?.length === 0 && (
        <p class="small-print">
          {words.value === "" ? "Your first conversation begins in the studio." : "Nobody said that here."}
        </p>
      )}
      <PageEnd list={list} />
    </div>
  );
}

function Entry({ conversation: { id, title, pinned, active_at } }: { conversation: Conversation }) {
  const renaming = useSignal(false);
  const action = useAction();
  const { busy, error, run } = action;
  const pin = () =>
    run(async () => {
      takeConversation(await changeConversation(id, { pinned: !pinned }));
      announce(pinned ? "No longer pinned." : "Pinned.");
    });
  const rename = async (name: string) => {
    takeConversation(await changeConversation(id, { title: name }));
    renaming.value = false;
    announce(`The conversation is called “${name}” now.`);
  };
  return (
    <li class="entry entry-with-action">
      <div>
        <p>
          <a href={`/conversations/${id}`}>{title}</a>
          {pinned && <strong class="tag">Pinned</strong>}
        </p>
        <p class="small-print">
          Last active <Moment at={active_at} />
        </p>
      </div>
      <div class="screen-actions">
        <Button disabled={busy.value} aria-label={`${pinned ? "Unpin" : "Pin"} ${title}`} onClick={pin}>
          {pinned ? "Unpin" : "Pin"}
        </Button>
        <Button
          aria-label={`Rename ${title}`}
          aria-expanded={renaming.value}
          onClick={() => (renaming.value = !renaming.peek())}
        >
          Rename
        </Button>
        <Button disabled={busy.value} aria-label={`Delete ${title}`} onClick={() => run(() => removeConversation(id))}>
          Delete
        </Button>
      </div>
      {renaming.value && (
        <NameField label={`New name for “${title}”`} button="Rename" action={action} onSave={rename} />
      )}
      {error.value && error.value.field !== "title" && <ErrorNotice error={error.value} />}
    </li>
  );
}
