import { getAccessLog } from "../api/endpoints";
import type { AccessEntry } from "../api/types";
import { accessSentence } from "../state/access/log-words";
import { Moment } from "../ui/format";
import { PageEnd } from "../ui/page-end";
import { usePaged } from "../ui/use-paged";

/** The person's access log. */
export function Activity() {
  const log = usePaged(async (cursor) => {
    const { entries, next_cursor } = await getAccessLog(cursor);
    return { items: entries, next: next_cursor };
  });
  return (
    <section class="screen-section" aria-labelledby="activity-title">
      <h2 id="activity-title">What happened to your account</h2>
      <p class="screen-words">By you and by your studio, for a year. Your studio never sees your pictures or words.</p>
      <ol class="entries">
        {log.items.value?.map((entry) => (
          <li key={entry.id} class="entry">
            <p>{accessSentence(entry)}</p>
            <Circumstances entry={entry} />
          </li>
        ))}
      </ol>
      <PageEnd list={log} />
    </section>
  );
}

function Circumstances({ entry: { at, detail, operator } }: { entry: AccessEntry }) {
  return (
    <p class="small-print">
      <Moment at={at} />
      {detail !== null && `, ${detail}`}
      {operator !== null && (
        <>
          , by <code>{operator}</code>
        </>
      )}
    </p>
  );
}
