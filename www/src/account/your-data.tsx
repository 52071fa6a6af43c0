import { EXPORT_ADDRESS } from "../api/endpoints";
import { DownloadIcon } from "../ui/icons";

/** Taking everything along. */
export function YourData() {
  return (
    <section class="screen-section" aria-labelledby="export-title">
      <h2 id="export-title">Take everything with you</h2>
      <p class="screen-words">
        One archive with all your pictures and their recipes, your requests and prompts, where your allowance went, and
        what happened to your account. What lies in your bin is in it, too. Conversations with Maya are kept in this
        browser alone.
      </p>
      <div>
        <a class="button" href={EXPORT_ADDRESS} download>
          <DownloadIcon />
          <span>Download everything</span>
        </a>
      </div>
    </section>
  );
}
