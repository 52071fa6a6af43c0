import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getAllowance } from "../api/endpoints";
import type { AllowanceAccount } from "../api/types";
import { picturesLeft, refreshMe } from "../state/session";
import { Moment, plural } from "../ui/format";
import { PageEnd } from "../ui/page-end";
import { usePaged } from "../ui/use-paged";
import { AskForMore } from "./ask-for-more";

/** How many pictures the person may still make, where the others went, and how to ask for more. */
export function Allowance() {
  const account = useSignal<AllowanceAccount | null>(null);
  const history = usePaged(async (cursor) => {
    const page = await getAllowance(cursor);
    account.value = page;
    return { items: page.entries, next: page.next_cursor };
  });
  useEffect(() => {
    // The account menu and the composer show the same number.
    void refreshMe();
  }, []);
  return (
    <section class="screen-section" aria-labelledby="allowance-title">
      <h2 id="allowance-title">Your allowance</h2>
      {account.value !== null && (
        <>
          <Sum account={account.value} />
          {account.value.allowance.granted !== null && (
            <AskForMore
              open={account.value.request}
              onAsked={(request) => {
                if (account.value !== null) account.value = { ...account.value, request };
              }}
            />
          )}
        </>
      )}
      {history.items.value?.length === 0 && <p class="small-print">Nothing has happened to it yet.</p>}
      <ol class="entries">
        {history.items.value?.map(({ id, at, text, left }) => (
          <li key={id} class="entry">
            <p>{text}</p>
            <p class="small-print">
              <Moment at={at} />
              {left !== null && `, ${plural(left, "picture")} left`}
            </p>
          </li>
        ))}
      </ol>
      <PageEnd list={history} />
    </section>
  );
}

function Sum({ account: { allowance, monthly } }: { account: AllowanceAccount }) {
  const left = picturesLeft(allowance);
  return (
    <p class="screen-words">
      {left === null ? "You may make as many pictures as you like." : `You may make ${plural(left, "more picture")}.`}{" "}
      {allowance.reserved > 0 && `${plural(allowance.reserved, "picture")} set aside for requests under way. `}
      {monthly !== null && (
        <>
          Topped up to {monthly.pictures} on <Moment at={monthly.renews_at} />.
        </>
      )}
    </p>
  );
}
