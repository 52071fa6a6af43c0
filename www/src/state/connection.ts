import { effect, signal } from "@preact/signals";
import { openEvents } from "../api/socket";
import { refreshHistory, take, underWay } from "./history";
import { type Connection, Live } from "./live";

export const connection = signal<Connection>("connecting");
/** The browser's own word on whether there is a network at all. */
export const online = signal(navigator.onLine);

/** Follows the studio's events until the function it returns is called. */
export function follow(): () => void {
  const live = new Live({
    open: openEvents,
    poll: () => void refreshHistory(),
    later(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    active: underWay,
    event: take,
    connection(state) {
      connection.value = state;
    },
  });
  const visible = () => {
    if (document.visibilityState === "visible") live.wake();
  };
  document.addEventListener("visibilitychange", visible);
  live.start();
  const stopWaking = effect(() => {
    if (online.value && connection.peek() !== "connecting") live.wake();
  });
  return () => {
    stopWaking();
    document.removeEventListener("visibilitychange", visible);
    live.stop();
  };
}

addEventListener("online", () => {
  online.value = true;
});
addEventListener("offline", () => {
  online.value = false;
});
