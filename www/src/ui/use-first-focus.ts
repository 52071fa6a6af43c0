import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** For a form that takes the place of the button which opened it: its first field takes the focus. */
export function useFirstFocus(): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  return form;
}
