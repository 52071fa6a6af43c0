// Files that the page itself has made, given to the person as downloads.
import { getPictureFile } from "../api/endpoints";
import type { Picture } from "../api/types";
import { inWords, readyModule } from "./module";

/** Downloads a stored picture with its recipe inside. The pixels are the stored ones, to the bit. */
export async function saveWithRecipe(picture: Picture): Promise<void> {
  const [module, file] = await Promise.all([readyModule(), getPictureFile(picture.id)]);
  let bytes: Uint8Array;
  try {
    bytes = module.embedRecipe(file.bytes, picture.recipe);
  } catch (thrown) {
    throw inWords(thrown);
  }
  save(bytes, file.name ?? `${picture.id}.${picture.format}`, file.type);
}

/** Gives `bytes` to the person as a file called `name`. */
export function save(bytes: Uint8Array, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click, and says nothing when it is done.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
