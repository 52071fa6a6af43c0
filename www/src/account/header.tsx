import { path } from "../router";
import { session } from "../state/session";
import { MarkIcon } from "../ui/icons";
import { AccountMenu } from "./account-menu";

export function Header() {
  const known = session.value;
  const signedIn = known.state === "signed_in" && path.value !== "/sign-in" ? known.me : null;
  return (
    <header class="header">
      <a class="wordmark" href="/">
        <MarkIcon />
        <span>Selfsame</span>
      </a>
      {signedIn !== null && (
        <>
          <nav aria-label="Main">
            {signedIn.role === "operator" ? (
              <NavLink to="/operator">People</NavLink>
            ) : (
              <>
                <NavLink to="/">Studio</NavLink>
                <NavLink to="/shoots">Shoots</NavLink>
                <NavLink to="/gallery">Gallery</NavLink>
              </>
            )}
          </nav>
          <AccountMenu me={signedIn} />
        </>
      )}
    </header>
  );
}

function NavLink({ to, children }: { to: string; children: string }) {
  const current = path.value === to ? "page" : to !== "/" && path.value.startsWith(`${to}/`) ? "true" : undefined;
  return (
    <a href={to} aria-current={current}>
      {children}
    </a>
  );
}
