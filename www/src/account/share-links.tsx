import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { endShareLink, getShareLinks, thumbnailAddress } from "../api/endpoints";
import type { ShareLink } from "../api/types";
import { announce } from "../state/status-line";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/format";
import { LoadEnd } from "../ui/load-end";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";
import { useLoaded } from "../ui/use-loaded";

/** The links that show a picture, and how to end them. */
export function ShareLinks() {
  const loaded = useLoaded(async () => (await getShareLinks()).share_links);
  const { busy, error, run } = useAction();
  const heading = useRef<HTMLHeadingElement>(null);
  const links = loaded.value.value;
  const end = ({ id }: ShareLink) =>
    run(async () => {
      await endShareLink(id);
      loaded.value.value = (loaded.value.peek() ?? []).filter((link) => link.id !== id);
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
        Anyone with one of these links can see its picture. Once you end a link, it shows nothing.
      </p>
      <LoadEnd loaded={loaded} />
      {error.value && <ErrorNotice error={error.value} />}
      {links?.length === 0 && <p class="small-print">You are not sharing any pictures.</p>}
      <ul class="entries">
        {(links ?? []).map((link, index) => (
          <li key={link.id} class="entry share-entry">
            <Shared link={link} number={index + 1} />
            <div>
              <p>{viewsOf(link)}</p>
              <p class="small-print">
                Made <Moment at={link.created_at} />, ends <Moment at={link.expires_at} />.
              </p>
              <CopyButton text={link.url} label="Copy the link" subject={`to picture ${index + 1}`} />
            </div>
            <Button disabled={busy.value} aria-label={`End the link to picture ${index + 1}`} onClick={() => end(link)}>
              End the link
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The picture, unless it lies in the bin: then its link shows nothing either, until it is brought back. */
function Shared({ link, number }: { link: ShareLink; number: number }) {
  const missing = useSignal(false);
  if (missing.value) return <p class="share-picture small-print">In your bin</p>;
  return (
    <img
      class="share-picture"
      src={thumbnailAddress(link.picture, 256)}
      alt={`You, number ${number}`}
      loading="lazy"
      onError={() => (missing.value = true)}
    />
  );
}

function viewsOf({ views }: ShareLink): string {
  if (views === 0) return "Not seen yet";
  return views === 1 ? "Seen once" : `Seen ${views} times`;
}
