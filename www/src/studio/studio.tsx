import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Composer } from "../composer/composer";
import { PreviewPane } from "../preview/preview-pane";
import { connection, online } from "../state/history/connection";
import { leaving, openConversation } from "../state/talk/conversation";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { Conversation } from "./conversation";
import { ConversationHead } from "./conversation-head";
import { SavingNote } from "./saving-note";
import { SeriesNote } from "./series-note";

/** The open conversation, or the one of the address. */
export function Studio({ session }: { session: string | null }) {
  const chat = useRef<HTMLDivElement>(null);
  const composer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (chat.current !== null && composer.current !== null) return keepRoom(chat.current, composer.current);
  }, []);
  const { error, run } = useAction();
  useEffect(() => {
    if (session !== null) run(() => openConversation(session));
  }, [session]);
  return (
    <div class="studio">
      <div class="studio-chat" ref={chat}>
        <h1 class="visually-hidden" tabIndex={-1}>
          Studio
        </h1>
        {error.value && <ErrorNotice error={error.value} />}
        <ConversationHead />
        <Conversation />
        <div class="studio-composer" ref={composer} inert={leaving.value}>
          <ConnectionNote />
          <SavingNote />
          <SeriesNote />
          <Composer />
        </div>
      </div>
      <PreviewPane />
    </div>
  );
}

/**
 * Keeps what matters in the conversation from being covered as the composer changes its height: the focus, which is
 * scrolled into view above it, and the end, for a person who reads there. Returns how to stop.
 */
function keepRoom(chat: HTMLElement, composer: HTMLElement): () => void {
  let height = composer.offsetHeight;
  const observer = new ResizeObserver(() => {
    const growth = composer.offsetHeight - height;
    height += growth;
    chat.style.setProperty("--composer", `${height}px`);
    const below = chat.getBoundingClientRect().bottom - innerHeight;
    if (below > 0 && below <= growth + 1) scrollBy(0, below);
  });
  observer.observe(composer);
  return () => observer.disconnect();
}

function ConnectionNote() {
  if (!online.value)
    return (
      <p class="connection-note">You are offline. Your words are kept, and pictures under way go on without you.</p>
    );
  if (connection.value === "polling")
    return <p class="connection-note">Live updates are interrupted. This page checks for news every few seconds.</p>;
  return null;
}
