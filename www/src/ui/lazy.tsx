import { signal } from "@preact/signals";
import type { ComponentType } from "preact";

/** A component whose code is fetched when it is first shown. */
export function lazy<Props extends object = object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const loaded = signal<{ part: ComponentType<Props> } | "failed" | null>(null);
  return function Lazy(props: Props) {
    if (loaded.value === null) {
      load().then(
        (part) => (loaded.value = { part }),
        () => (loaded.value = "failed"),
      );
      return null;
    }
    if (loaded.value === "failed")
      return <p class="opening">This part of the page could not be loaded. Reload to try again.</p>;
    const { part: Part } = loaded.value;
    return <Part {...props} />;
  };
}
