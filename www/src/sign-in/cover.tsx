import type { ComponentChildren } from "preact";

/** The cover of the studio: words on one side, empty picture frames on the other. */
export function Cover({ children }: { children: ComponentChildren }) {
  return (
    <div class="cover">
      <div class="cover-words">{children}</div>
      <svg class="cover-frames" viewBox="0 0 520 560" aria-hidden="true">
        <rect class="frame-back" x="30" y="30" width="290" height="362" />
        <rect class="frame-middle" x="105" y="96" width="290" height="362" />
        <rect class="frame-front" x="180" y="162" width="290" height="362" />
      </svg>
    </div>
  );
}
