// Deleting into the bin, and the ways back.
import { signal } from "@preact/signals";
import { deleteGeneration, deletePicture, getGeneration, restoreFromBin } from "../../api/endpoints";
import { announce } from "../status-line";
import { takeGeneration, timeline } from "./history";
import { withoutGeneration, withoutPicture } from "./timeline";

/** Something in the bin: a picture of a generation, or the generation itself. */
export interface Binned {
  readonly id: string;
  readonly generation: string;
}

export const isPicture = ({ id, generation }: Binned): boolean => id !== generation;

/** What was deleted last, until it is restored or the offer to restore it is closed. */
export const lastDeleted = signal<Binned | null>(null);

export async function removePicture(generation: string, picture: string): Promise<void> {
  await deletePicture(picture);
  timeline.value = withoutPicture(timeline.peek(), picture);
  lastDeleted.value = { id: picture, generation };
  announce("The picture is deleted.");
}

export async function removeGeneration(id: string): Promise<void> {
  await deleteGeneration(id);
  timeline.value = withoutGeneration(timeline.peek(), id);
  lastDeleted.value = { id, generation: id };
  announce("The request is deleted.");
}

/** Takes something out of the bin. Its generation is fetched, because there may be no socket that brings it. */
export async function restore(binned: Binned): Promise<void> {
  await restoreFromBin(binned.id);
  if (lastDeleted.peek()?.id === binned.id) lastDeleted.value = null;
  takeGeneration(await getGeneration(binned.generation));
  announce(isPicture(binned) ? "The picture is back." : "The request is back.");
}
