import { chooseDraft, otherDraft } from "../state/draft/shared-draft";
import { wordsOf } from "../state/draft/slots";
import { readDraft } from "../state/draft/stored-draft";
import { refusal, waitingError } from "../state/talk/said";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";

/** What keeps the conversation from being the same on every device. */
export function SavingNote() {
  const theirs = otherDraft.value;
  return (
    <>
      {waitingError.value && (
        <p class="connection-note">
          The studio does not have your last words yet. This browser keeps them and sends them as soon as it can.
        </p>
      )}
      {refusal.value && (
        <ErrorNotice error={refusal.value} message={`Your last words are not saved. ${refusal.value.message}`} />
      )}
      {theirs !== null && (
        <div class="screen-note" role="alert">
          <p>
            You also changed this description in another window or on another device. There it says: “
            {shortened(wordsOf(readDraft(theirs.content, 0)))}”. Which one do you go on with?
          </p>
          <div class="screen-actions">
            <Button onClick={() => chooseDraft("mine")}>This one</Button>
            <Button onClick={() => chooseDraft("theirs")}>The other one</Button>
          </div>
        </div>
      )}
    </>
  );
}

/** The most characters of the other description that are quoted. */
const LONGEST = 160;

const shortened = (words: string): string => (words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words);
