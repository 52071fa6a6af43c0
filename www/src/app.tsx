import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Header } from "./account/header";
import { NotFound } from "./not-found";
import { Gallery } from "./pictures/gallery";
import { UndoDelete } from "./pictures/undo-delete";
import { Viewer } from "./pictures/viewer";
import { navigate, path } from "./router";
import { SignIn } from "./sign-in/sign-in";
import { SignedOut, Unreachable } from "./sign-in/signed-out";
import { lastDeleted } from "./state/history/deleting";
import { session } from "./state/session";
import { announce, announcement } from "./state/status-line";
import { Studio } from "./studio/studio";
import { useStudioData } from "./studio/use-studio-data";
import { lazy } from "./ui/lazy";

const ONE_CONVERSATION = "/conversations/";

const titles: Record<string, string> = {
  "/": "Studio",
  "/conversations": "Conversations",
  "/shoots": "Photoshoots",
  "/gallery": "Gallery",
  "/compare": "Compare",
  "/account": "Where you are signed in",
  "/account/activity": "What happened to your account",
  "/account/allowance": "Your allowance",
  "/account/models": "Your models",
  "/account/bin": "Your bin",
  "/account/data": "Your data",
  "/operator": "People",
  "/operator/enhancements": "Enhancements",
  "/operator/log": "Log",
  "/sign-in": "Sign in",
};
const titlesBelow = [
  [ONE_CONVERSATION, "Studio"],
  ["/shoots/", "Photoshoot"],
  ["/series/", "Series"],
  ["/operator/people/", "Person"],
  ["/operator/log/", "Log"],
  ["/deleted/", "Deleted"],
] as const;
const titleOf = (address: string) =>
  titles[address] ?? titlesBelow.find(([start]) => address.startsWith(start))?.[1] ?? "Not found";
/** Whether the address is `screen` or below it. */
const isIn = (screen: string, address: string) => address === screen || address.startsWith(`${screen}/`);

// Loaded on demand: few people are operators, and most begin in the studio.
const Account = lazy(() => import("./account/account").then((module) => module.Account));
const Conversations = lazy(() => import("./conversations/conversations").then((module) => module.Conversations));
const Receipt = lazy(() => import("./account/receipt").then((module) => module.Receipt));
const Operator = lazy(() => import("./operator/operator").then((module) => module.Operator));
const SeriesScreen = lazy(() => import("./series/series-screen").then((module) => module.SeriesScreen));
const Compare = lazy(() => import("./series/compare").then((module) => module.Compare));
const Shoots = lazy(() => import("./shoots/shoots").then((module) => module.Shoots));

export function App() {
  const main = useRef<HTMLElement>(null);
  const shown = path.value;

  useSignalEffect(() => {
    document.title = `${titleOf(path.value)} · Selfsame`;
  });
  const first = useRef(true);
  useEffect(() => {
    // On a new screen, a screen reader begins at the heading, unless the screen has placed the focus itself. The first
    // screen is left to the browser. After a deletion that left a screen, the offer to undo it has the focus.
    if (!first.current && lastDeleted.peek() === null) {
      if (main.current?.contains(document.activeElement) !== true)
        main.current?.querySelector<HTMLElement>("h1")?.focus();
      announce(titleOf(shown));
    }
    first.current = false;
  }, [shown]);

  return (
    <>
      <a class="skip-link" href="#main">
        Skip to content
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <Screen path={shown} />
      </main>
      <p class="status-line" role="status">
        {announcement.value}
      </p>
    </>
  );
}

function Screen({ path }: { path: string }) {
  if (path === "/sign-in") return <SignIn />;
  if (path.startsWith("/deleted/")) return <Receipt key={path} />;
  const known = session.value;
  switch (known.state) {
    case "loading":
      return <p class="opening">Opening the studio…</p>;
    case "unreachable":
      return <Unreachable error={known.error} />;
    case "signed_out":
      return <SignedOut error={known.error} />;
    case "signed_in":
      return known.me.role === "operator" ? <ForOperator path={path} /> : <ForPerson path={path} user={known.me.id} />;
  }
}

function ForOperator({ path }: { path: string }) {
  useEffect(() => {
    if (path === "/") navigate("/operator", { replace: true });
  }, [path]);
  if (isIn("/account", path)) return <Account />;
  return path === "/" || isIn("/operator", path) ? <Operator /> : <NotFound />;
}

function ForPerson({ path, user }: { path: string; user: string }) {
  useStudioData(user);
  return (
    <>
      <PersonScreen path={path} />
      <Viewer />
      <UndoDelete />
    </>
  );
}

function PersonScreen({ path }: { path: string }) {
  if (path === "/") return <Studio session={null} />;
  if (path.startsWith(ONE_CONVERSATION)) return <Studio session={path.slice(ONE_CONVERSATION.length)} />;
  if (path === "/conversations") return <Conversations />;
  if (path === "/gallery") return <Gallery />;
  if (path === "/compare") return <Compare />;
  if (isIn("/series", path)) return <SeriesScreen />;
  if (isIn("/account", path)) return <Account />;
  return isIn("/shoots", path) ? <Shoots /> : <NotFound />;
}
