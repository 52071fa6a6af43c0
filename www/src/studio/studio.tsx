import { useLayoutEffect, useRef } from "preact/hooks";
import { Composer } from "../composer/composer";
import { PreviewPane } from "../preview/preview-pane";
import { connection, online } from "../state/history/connection";
import { BatchNote } from "./batch-note";
import { Conversation } from "./conversation";

export function Studio() {
  const composer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = composer.current;
    if (box === null) return;
    // The composer covers the end of the conversation, so that a focus there must be scrolled above it.
    const observer = new ResizeObserver(() =>
      box.parentElement?.style.setProperty("--composer", `${box.offsetHeight}px`),
    );
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="studio">
      <div class="studio-chat">
        <h1 class="visually-hidden" tabIndex={-1}>
          Studio
        </h1>
        <Conversation />
        <div class="studio-composer" ref={composer}>
          <ConnectionNote />
          <BatchNote />
          <Composer />
        </div>
      </div>
      <PreviewPane />
    </div>
  );
}

function ConnectionNote() {
  if (!online.value)
    return (
      <p class="connection-note">You are offline. Your words are kept, and pictures under way go on without you.</p>
    );
  if (connection.value === "polling")
    return <p class="connection-note">Live updates are interrupted; the studio looks for news every few seconds.</p>;
  return null;
}
