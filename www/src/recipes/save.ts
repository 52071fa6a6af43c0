// Files that the page makes, saved as downloads.
import { getPictureFile } from "../api/endpoints";
import type { Picture } from "../api/types";
import { readyFullModule } from "../engine/modules";
import { refusalToApiError } from "../engine/refusal";

/** Downloads a stored picture with its recipe inside. The pixels stay as they are stored. */
export async function saveWithRecipe(picture: Picture): Promise<void> {
  const [module, file] = await Promise.all([readyFullModule(), getPictureFile(picture.id)]);
  let bytes: Uint8Array;
  try {
    bytes = module.embedRecipe(file.bytes, picture.recipe);
  } catch (thrown) {
    throw refusalToApiError(thrown);
  }
  save(bytes, file.name ?? `${picture.id}.${picture.format}`, file.type);
}

/** Downloads `bytes` as a file called `name`. */
export function save(bytes: Uint8Array, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the file after the click and does not say when it is done.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
