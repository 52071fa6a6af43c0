import type { Link } from "../api/types";
import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/format";

/** A fresh sign-in link, to be copied. It is shown once. */
export function MintedLink({ link, name }: { link: Link; name: string }) {
  return (
    <div class="screen-note">
      <label>
        <span>
          Give this to {name}. It works once, until <Moment at={link.expires_at} />.
        </span>
        <input type="text" readOnly value={link.url} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <CopyButton text={link.url} label="Copy link" />
    </div>
  );
}
