import { path } from "../router";

interface SectionsProps {
  /** What the sections are of, for screen readers. */
  label: string;
  sections: readonly { to: string; label: string }[];
}

/** The sections of a screen, each with an address of its own. */
export function Sections({ label, sections }: SectionsProps) {
  return (
    <nav class="sections" aria-label={label}>
      {sections.map((section) => (
        <a key={section.to} href={section.to} aria-current={path.value === section.to ? "page" : undefined}>
          {section.label}
        </a>
      ))}
    </nav>
  );
}
