import { effect, signal, untracked } from "@preact/signals";
import { openEvents } from "../../api/socket";
import { staying } from "../session";
import { poll, takeMessage } from "./events";
import { underWay } from "./history";
import { type Connection, Live } from "./live";

export const connection = signal<Connection>("connecting");
/** What the browser says about the network. */
export const online = signal(navigator.onLine);

/** Follows the studio's events until the person signs out or the returned function is called. */
export function follow(): () => void {
  return effect(() => (staying.value ? untracked(begin) : undefined));
}

function begin(): () => void {
  const live = new Live({
    open: openEvents,
    poll: () => void poll(),
    later(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    active: underWay,
    message: takeMessage,
    connection(state) {
      connection.value = state;
    },
  });
  const onVisibilityChange = () => {
    if (document.visibilityState === "visible") live.wake();
  };
  document.addEventListener("visibilitychange", onVisibilityChange);
  live.start();
  const stopWaking = effect(() => {
    if (online.value && connection.peek() !== "connecting") live.wake();
  });
  return () => {
    stopWaking();
    document.removeEventListener("visibilitychange", onVisibilityChange);
    live.stop();
  };
}

addEventListener("online", () => {
  online.value = true;
});
addEventListener("offline", () => {
  online.value = false;
});
