import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Me } from "../api/types";
import { navigate, path } from "../router";
import { notices } from "../state/access/notices";
import { picturesLeft, signOut } from "../state/session";
import { Button } from "../ui/button";
import { plural } from "../ui/format";
import { ChevronIcon } from "../ui/icons";
import { lazy } from "../ui/lazy";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

const NewSignIns = lazy<{ onDone(): void }>(() => import("./new-sign-ins").then((module) => module.NewSignIns));

/** Who is signed in, how many pictures they have left, new sign-ins, the way to their account, and the button to sign out. */
export function AccountMenu({ me }: { me: Me }) {
  const open = useSignal(false);
  const { busy, error, run } = useAction();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const news = notices.value;

  useEffect(() => {
    const outside = (event: Event) => {
      if (open.value && event.target instanceof Node && box.current?.contains(event.target) === false)
        open.value = false;
    };
    addEventListener("pointerdown", outside);
    addEventListener("focusin", outside);
    return () => {
      removeEventListener("pointerdown", outside);
      removeEventListener("focusin", outside);
    };
  }, []);
  useEffect(() => {
    open.value = false;
  }, [path.value]);

  const leave = () =>
    run(async () => {
      await signOut();
      navigate("/");
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open.value) return;
    open.value = false;
    button.current?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the panel wherever the focus is inside
    <div class="account" ref={box} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class="account-button"
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => (open.value = !open.value)}
      >
        <span class="visually-hidden">Account of </span>
        <span class="account-name">{me.name}</span>
        {news.length > 0 && (
          <span class="account-news">
            <span class="visually-hidden">, </span>
            <span>{news.length === 1 ? "New sign-in" : `${news.length} new sign-ins`}</span>
          </span>
        )}
        <ChevronIcon />
      </button>
      <div class="account-panel" id={id} hidden={!open.value}>
        {open.value && news.length > 0 && <NewSignIns onDone={() => button.current?.focus()} />}
        <p class="account-who">{me.name}</p>
        <p class="small-print">{allowanceSentence(me)}</p>
        <a href="/account">Your account</a>
        {error.value && <ErrorNotice error={error.value} />}
        <Button disabled={busy.value} onClick={leave}>
          Sign out
        </Button>
      </div>
    </div>
  );
}

function allowanceSentence({ role, allowance }: Me): string {
  if (role === "operator") return "You look after this studio's people.";
  const { granted } = allowance;
  const left = picturesLeft(allowance);
  if (left === null || granted === null) return "As many pictures as you like.";
  return `${left} of ${plural(granted, "picture")} left${allowance.reserved > 0 ? `, ${allowance.reserved} under way` : ""}.`;
}
