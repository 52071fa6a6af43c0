// Whether Maya sorts what a person says, or the words go into the prompt as they are written.
import { signal } from "@preact/signals";
import { MAYA_KEY, readStored, writeStored } from "./storage";

export const maya = signal(readStored(MAYA_KEY) !== "off");

export function rememberMaya(on: boolean): void {
  maya.value = on;
  writeStored(MAYA_KEY, on ? null : "off");
}
