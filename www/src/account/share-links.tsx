import { useRef } from "preact/hooks";
import { endShareLink, getShareLinks, thumbnailAddress } from "../api/endpoints";
import type { ShareLink } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/format";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useLoaded } from "../ui/use-loaded";

/** The links that show a picture, and how to end them. */
export function ShareLinks() {
  const { value, error: unloaded, reload } = useLoaded(async () => (await getShareLinks()).share_links);
  const { busy, error, run } = useAction();
  const heading = useRef<HTMLHeadingElement>(null);
  const links = value.value;
  const end = ({ id }: ShareLink) =>
    run(async () => {
      await endShareLink(id);
      value.value = (value.peek() ?? []).filter((link) => link.id !== id);
      announce("The link is ended.");
      // The button that had the focus is gone.
      heading.current?.focus();
    });
  return (
    <section class="screen-section" aria-labelledby="share-links-title">
      <h2 id="share-links-title" ref={heading} tabIndex={-1}>
        Pictures that you share
      </h2>
      <p class="screen-words">
        Whoever has one of these links sees its picture. End a link, and it shows nothing any more.
      </p>
      {unloaded.value && (
        <>
          <ErrorNotice error={unloaded.value} />
          <Button onClick={reload}>Try again</Button>
        </>
      )}
      {error.value && <ErrorNotice error={error.value} />}
      {links?.length === 0 && <p class="small-print">You share no picture.</p>}
      <ul class="entries">
        {(links ?? []).map((link) => (
          <li key={link.id} class="entry entry-with-action">
            <img class="share-picture" src={thumbnailAddress(link.picture, 256)} alt="" loading="lazy" />
            <div>
              <p>{link.views === 1 ? "Seen once" : `Seen ${link.views} times`}</p>
              <p class="small-print">
                Made <Moment at={link.created_at} />, ends <Moment at={link.expires_at} />.
              </p>
              <CopyButton text={link.url} label="Copy the link" />
            </div>
            <Button disabled={busy.value} onClick={() => end(link)}>
              End the link
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
