import { useLayoutEffect } from "preact/hooks";
import { dropRequests } from "../api/http";
import { wantVocabularies } from "../preview/want-vocabularies";
import { follow } from "../state/connection";
import { keepDraft } from "../state/draft";
import { loadMore, resetHistory } from "../state/history";
import { choices, loadModels } from "../state/models";
import { forgetPaste } from "../state/paste";
import { keepBatch } from "../state/send-all";
import { keepTalk } from "../state/talk";

/**
 * Everything a signed-in person's screens need, for as long as they are signed in: before they are painted, since what
 * somebody wrote into a composer without their draft would be lost when it came.
 */
export function useStudioData(user: string): void {
  useLayoutEffect(() => {
    const stopKeeping = keepDraft(user);
    const leaveBatch = keepBatch(user);
    const stopTalking = keepTalk(user);
    const stopWanting = wantVocabularies();
    const stopFollowing = follow();
    void loadModels();
    void loadMore();
    return () => {
      dropRequests();
      stopFollowing();
      stopWanting();
      stopTalking();
      leaveBatch();
      stopKeeping();
      forgetPaste();
      resetHistory();
      choices.value = null;
    };
  }, [user]);
}
