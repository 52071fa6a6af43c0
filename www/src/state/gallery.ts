// What the person looks for in the gallery, and their albums.
import { computed, signal } from "@preact/signals";
import { getAlbums } from "../api/endpoints";
import type { Album, PictureQuery } from "../api/types";

export const query = signal<PictureQuery>({});

/** Whether the gallery shows some of the pictures only. */
export const isSearching = computed(() => Object.keys(query.value).length > 0);

/** Sets one part of the query; `undefined` removes it. */
export function look<K extends keyof PictureQuery>(name: K, value: PictureQuery[K] | undefined): void {
  const next = { ...query.peek() };
  if (value === undefined) delete next[name];
  else next[name] = value;
  query.value = next;
}

/** The person's albums, newest first; null until they have loaded. */
export const albums = signal<readonly Album[] | null>(null);

/** Raised whenever favourites or albums have changed. */
export const galleryEdition = signal(0);

export async function loadAlbums(): Promise<void> {
  albums.value = (await getAlbums()).albums;
  const { album } = query.peek();
  // Another tab has deleted the album that is shown.
  if (album !== undefined && !albums.peek()?.some(({ id }) => id === album)) look("album", undefined);
}

export function forgetGallery(): void {
  query.value = {};
  albums.value = null;
}
