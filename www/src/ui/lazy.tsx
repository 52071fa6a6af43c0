import { signal } from "@preact/signals";
import type { ComponentType } from "preact";

/** A screen whose code is fetched when it is first shown. */
export function lazy(load: () => Promise<ComponentType>): ComponentType {
  const loaded = signal<{ screen: ComponentType } | "failed" | null>(null);
  return function Lazy() {
    if (loaded.value === null) {
      load().then(
        (screen) => (loaded.value = { screen }),
        () => (loaded.value = "failed"),
      );
      return null;
    }
    if (loaded.value === "failed") return <p class="opening">This part of the page could not be loaded. Reload to try again.</p>;
    const { screen: Screen } = loaded.value;
    return <Screen />;
  };
}
