import { useLayoutEffect, useRef } from "preact/hooks";
import { Composer } from "../composer/composer";
import { PreviewPane } from "../preview/preview-pane";
import { connection, online } from "../state/history/connection";
import { Conversation } from "./conversation";
import { SeriesNote } from "./series-note";

export function Studio() {
  const chat = useRef<HTMLDivElement>(null);
  const composer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (chat.current !== null && composer.current !== null) return keepRoom(chat.current, composer.current);
  }, []);
  return (
    <div class="studio">
      <div class="studio-chat" ref={chat}>
        <h1 class="visually-hidden" tabIndex={-1}>
          Studio
        </h1>
        <Conversation />
        <div class="studio-composer" ref={composer}>
          <ConnectionNote />
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
