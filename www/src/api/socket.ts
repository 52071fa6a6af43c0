import type { Event } from "./types";

/** Receives what happens on an event socket. */
export interface SocketHandlers {
  message(event: Event): void;
  closed(): void;
}

/** Opens the event socket. The returned function closes it without calling `closed`. */
export function openEvents(handlers: SocketHandlers): () => void {
  const address = new URL("/api/events", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") handlers.message(JSON.parse(data) as Event);
  };
  socket.onclose = () => handlers.closed();
  return () => {
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  };
}
