import type { Event } from "./types";

/** The studio's close code for the oldest of too many sockets. */
const REPLACED = 4429;

/** Receives what happens on an event socket. */
export interface SocketHandlers {
  message(event: Event): void;
  /** `replaced`: the person has opened more sockets than they may have, and this was the oldest. */
  closed(replaced: boolean): void;
}

/** Opens the event socket. The returned function closes it without calling `closed`. */
export function openEvents(handlers: SocketHandlers): () => void {
  const address = new URL("/api/events", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") handlers.message(JSON.parse(data) as Event);
  };
  socket.onclose = ({ code }) => handlers.closed(code === REPLACED);
  return () => {
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  };
}
