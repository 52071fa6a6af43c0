// Line icons on a 20-pixel grid. Screen readers skip them and read the words beside them or the button's label.
import type { ComponentChildren } from "preact";

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const MarkIcon = () => (
  <svg class="mark" viewBox="0 0 24 24" fill="none" aria-hidden="true">
    <rect x="3.75" y="2.75" width="11.5" height="14.5" stroke="currentColor" stroke-width="1.5" />
    <rect x="8" y="6.5" width="12.5" height="15" class="mark-front" />
  </svg>
);
export const ChevronIcon = () => (
  <Icon>
    <path d="m6 8 4 4 4-4" />
  </Icon>
);
export const AdjustIcon = () => (
  <Icon>
    <path d="M3 6.5h7m4 0h3M3 13.5h3m4 0h7" />
    <circle cx="12" cy="6.5" r="2" />
    <circle cx="8" cy="13.5" r="2" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <rect x="4.5" y="9" width="11" height="7.5" rx="1.5" />
    <path d="M7 9V6.5a3 3 0 0 1 6 0V9" />
  </Icon>
);
export const UnlockIcon = () => (
  <Icon>
    <rect x="4.5" y="9" width="11" height="7.5" rx="1.5" />
    <path d="M7 9V6.5a3 3 0 0 1 5.8-1.1" />
  </Icon>
);
export const RefreshIcon = () => (
  <Icon>
    <path d="M16 10a6 6 0 1 1-1.8-4.3M16 3.5V6.5h-3" />
  </Icon>
);
export const ReuseIcon = () => (
  <Icon>
    <path d="M12.5 4.5 15.5 7.5 7 16H4v-3z" />
  </Icon>
);
export const DownloadIcon = () => (
  <Icon>
    <path d="M10 3.5v9m-3.5-3.5 3.5 3.5 3.5-3.5M4 16.5h12" />
  </Icon>
);
export const ShareIcon = () => (
  <Icon>
    <path d="M10 12.5v-9m-3.5 3.5 3.5-3.5 3.5 3.5M5 10.5v6h10v-6" />
  </Icon>
);
export const TrashIcon = () => (
  <Icon>
    <path d="M4 5.5h12M8 5.5v-2h4v2m-6.5 0 .7 11h7.6l.7-11" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
);
export const PreviousIcon = () => (
  <Icon>
    <path d="m12 4.5-5.5 5.5 5.5 5.5" />
  </Icon>
);
export const NextIcon = () => (
  <Icon>
    <path d="m8 4.5 5.5 5.5L8 15.5" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <rect x="7" y="7" width="9.5" height="9.5" rx="1.5" />
    <path d="M13 7V5a1.5 1.5 0 0 0-1.5-1.5H5A1.5 1.5 0 0 0 3.5 5v6.5A1.5 1.5 0 0 0 5 13h2" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M10 3.5 17.5 16.5h-15zM10 8v4m0 2.2v.1" />
  </Icon>
);
export const SendIcon = () => (
  <Icon>
    <path d="M10 16V4.5M5 9.5l5-5 5 5" />
  </Icon>
);
export const UndoIcon = () => (
  <Icon>
    <path d="M7.5 4 4 7.5 7.5 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8" />
  </Icon>
);
