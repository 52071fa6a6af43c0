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
              <>
                <NavLink to="/operator" within="/operator/people/">
                  People
                </NavLink>
                <NavLink to="/operator/enhancements">Enhancements</NavLink>
                <NavLink to="/operator/log">Log</NavLink>
              </>
            ) : (
              <>
                <NavLink to="/" within="/conversations">
                  Studio
                </NavLink>
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

/** `within`: what the addresses below this one begin with. */
function NavLink({ to, within = `${to}/`, children }: { to: string; within?: string; children: string }) {
  const below = path.value.startsWith(within);
  const current = path.value === to ? "page" : below ? "true" : undefined;
  return (
    <a href={to} aria-current={current}>
      {children}
    </a>
  );
}
