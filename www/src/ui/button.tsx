import type { ComponentChildren, JSX } from "preact";

interface ButtonProps extends Omit<JSX.HTMLAttributes<HTMLButtonElement>, "icon"> {
  /** `primary`: the one main action of a screen; `plain`: others; `quiet`: in running text; `danger`: cannot be undone. */
  kind?: "primary" | "plain" | "quiet" | "danger";
  type?: "button" | "submit";
  disabled?: boolean;
  icon?: ComponentChildren;
  children?: ComponentChildren;
}

export function Button({ kind = "plain", type = "button", icon, children, ...rest }: ButtonProps) {
  return (
    <button type={type} {...rest} class={`button button-${kind}`}>
      {icon}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}

/** A button that is only an icon: `label` is its name. */
export function IconButton({ label, icon, ...rest }: Omit<ButtonProps, "children" | "kind"> & { label: string }) {
  return (
    <button type="button" {...rest} class="icon-button" aria-label={label} title={label}>
      {icon}
    </button>
  );
}
