import { getAudit } from "../api/endpoints";
import type { AuditRecord } from "../api/types";
import { Moment } from "../ui/format";
import { PageEnd } from "../ui/page-end";
import { usePaged } from "../ui/use-paged";
import { actionWords, actorOf, subjectOf } from "./audit-words";

/** The audit log: what operators did, to everybody or to `subject`. */
export function Log({ subject }: { subject: string | null }) {
  const log = usePaged(async (cursor) => {
    const { entries, next_cursor } = await getAudit(subject, cursor);
    return { items: entries, next: next_cursor };
  });
  return (
    <div class="screen">
      <div class="screen-head">
        <h1 tabIndex={-1}>Log</h1>
        {subject === null ? (
          <p class="screen-words">Everything that operators did to accounts. Nothing here can be changed or deleted.</p>
        ) : (
          <p class="screen-words">
            What was done to <a href={`/operator/people/${subject}`}>{subject}</a>.{" "}
            <a href="/operator/log">The whole log</a>
          </p>
        )}
      </div>
      <div class="screen-section">
        {log.items.value?.length === 0 && <p>Nothing yet.</p>}
        <ol class="entries">
          {log.items.value?.map((record) => (
            <li key={record.id} class="entry">
              <Entry record={record} />
            </li>
          ))}
        </ol>
        <PageEnd list={log} />
      </div>
    </div>
  );
}

function Entry({ record }: { record: AuditRecord }) {
  const { at, detail } = record;
  const actor = actorOf(record);
  const subject = subjectOf(record);
  return (
    <>
      <p>
        {"id" in actor ? <code>{actor.id}</code> : actor.name} {actionWords(record)}
        {subject !== null && (
          <>
            {" "}
            <a href={`/operator/log/${subject}`}>{subject}</a>
          </>
        )}
      </p>
      <p class="small-print">
        <Moment at={at} />
        {detail !== "" && `, ${detail}`}
      </p>
    </>
  );
}
