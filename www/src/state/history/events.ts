// What the studio tells: each message goes to the state that it concerns.
import { getGenerations } from "../../api/endpoints";
import type { Message } from "../../api/socket";
import type { Event } from "../../api/types";
import { takeNotice } from "../access/notices";
import { galleryEdition } from "../gallery";
import { refreshPresets } from "../presets";
import { dropSeries, loadSeries, takeSeries } from "../series/series";
import { refreshMe } from "../session";
import { dropConversation, refresh, reopen, takeConversation } from "../talk/conversation";
import { apply, binEdition, restart, takeListed, takeNewest } from "./history";

/** Fetches by HTTP what is new, when no socket brings it. */
export async function poll(): Promise<void> {
  const page = await getGenerations(null, null).catch(() => null);
  if (page !== null) takeNewest(page.generations, page.next_cursor);
  void loadSeries();
  void refresh();
}

/** Applies a message. A snapshot that is not the first message replaces what is known. */
export function takeMessage(message: Message, first: boolean): void {
  if (message.type === "snapshot") {
    if (first) takeNewest(message.generations, message.next_cursor);
    else {
      restart(message.generations, message.next_cursor);
      refreshOthers();
    }
    void loadSeries();
  } else if (message.type === "changes") {
    takeListed(message.generations);
    for (const event of message.events) take(event);
  } else take(message);
}

/** Loads what events would have told of, had they not been missed. */
function refreshOthers(): void {
  binEdition.value += 1;
  galleryEdition.value += 1;
  refreshPresets();
  void refreshMe();
  void reopen();
}

/** Applies one event. */
export function take(event: Event): void {
  switch (event.type) {
    case "notice":
      takeNotice(event.entry);
      break;
    case "series":
      takeSeries(event.series);
      break;
    case "series_deleted":
      dropSeries(event.series);
      break;
    case "session":
      takeConversation(event.session);
      break;
    case "session_deleted":
      dropConversation(event.session);
      break;
    case "bin_changed":
      binEdition.value += 1;
      break;
    case "gallery_changed":
      galleryEdition.value += 1;
      break;
    case "presets_changed":
      refreshPresets();
      break;
    default:
      apply(event);
  }
}
