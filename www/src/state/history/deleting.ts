// Deleting into the bin, and the ways back.
import { signal } from "@preact/signals";
import {
  deleteConversation,
  deleteGeneration,
  deletePicture,
  getGeneration,
  restoreConversation,
  restoreFromBin,
  restoreSeries,
} from "../../api/endpoints";
import { deleteRecord, takeRecord } from "../series/record";
import { dropSeries } from "../series/series";
import { announce } from "../status-line";
import { dropConversation, takeConversation } from "../talk/conversation";
import { takeGeneration, timeline } from "./history";
import { withoutGeneration, withoutPicture, withoutSeries } from "./timeline";

/**
 * Something in the bin: a picture of a generation, a request with all its pictures, a series with all its frames, or a
 * conversation without its pictures.
 */
export type Binned =
  | { readonly kind: "picture"; readonly id: string; readonly generation: string }
  | { readonly kind: "request" | "series" | "conversation"; readonly id: string };

/** What was deleted last, until it is restored or the offer to restore it is closed. */
export const lastDeleted = signal<Binned | null>(null);

export async function removePicture(generation: string, picture: string): Promise<void> {
  await deletePicture(picture);
  timeline.value = withoutPicture(timeline.peek(), picture);
  lastDeleted.value = { kind: "picture", id: picture, generation };
  announce("The picture is deleted.");
}

export async function removeGeneration(id: string): Promise<void> {
  await deleteGeneration(id);
  timeline.value = withoutGeneration(timeline.peek(), id);
  lastDeleted.value = { kind: "request", id };
  announce("The request is deleted.");
}

/** Deletes a series. `leave` leaves its page, before the page finds out that the series is gone. */
export async function removeSeries(id: string, leave: () => void): Promise<void> {
  await deleteRecord(id);
  leave();
  dropSeries(id);
  timeline.value = withoutSeries(timeline.peek(), id);
  lastDeleted.value = { kind: "series", id };
  announce("The series is in your bin.");
}

export async function removeConversation(id: string): Promise<void> {
  await deleteConversation(id);
  dropConversation(id);
  lastDeleted.value = { kind: "conversation", id };
  announce("The conversation is deleted. Its pictures stay.");
}

/** Takes something out of the bin and fetches it, because there may be no socket that brings it. */
export async function restore(binned: Binned): Promise<void> {
  if (binned.kind === "series") {
    const record = await restoreSeries(binned.id);
    takeRecord(record);
  } else if (binned.kind === "conversation") takeConversation(await restoreConversation(binned.id));
  else {
    await restoreFromBin(binned.id);
    takeGeneration(await getGeneration(binned.kind === "picture" ? binned.generation : binned.id));
  }
  if (lastDeleted.peek()?.id === binned.id) lastDeleted.value = null;
  announce(`The ${binned.kind} is back.`);
}
