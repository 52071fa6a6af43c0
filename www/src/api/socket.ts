import type { Event, Numbered, Opening } from "./types";

/** The studio's close code for the oldest of too many sockets. */
const REPLACED = 4429;

/** A message of the event socket: an opening first, then events. */
export type Message = Numbered<Opening> | Numbered<Event>;

/** Receives what happens on an event socket. */
export interface SocketHandlers {
  message(message: Message): void;
  /** `replaced`: the person has opened more sockets than they may have, and this was the oldest. */
  closed(replaced: boolean): void;
}

/**
 * Opens the event socket, which goes on after the message with the number `after`. The returned function closes it
 * without calling `closed`.
 */
export function openEvents(after: number | null, handlers: SocketHandlers): () => void {
  const address = new URL(after === null ? "/api/events" : `/api/events?after=${after}`, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") handlers.message(JSON.parse(data) as Message);
  };
  socket.onclose = ({ code }) => handlers.closed(code === REPLACED);
  return () => {
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  };
}
