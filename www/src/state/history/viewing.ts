import { computed, signal } from "@preact/signals";
import { pictures } from "./history";

/** The id of the open picture. */
const openId = signal<string | null>(null);

export function open(picture: string): void {
  openId.value = picture;
}

export function close(): void {
  openId.value = null;
}

/** The open picture with its neighbours, among the known pictures, newest first. */
export const viewing = computed(() => {
  const place = pictures.value.findIndex(({ picture }) => picture.id === openId.value);
  const shown = pictures.value[place];
  if (shown === undefined) return null;
  return {
    ...shown,
    newer: pictures.value[place - 1]?.picture.id ?? null,
    older: pictures.value[place + 1]?.picture.id ?? null,
  };
});
