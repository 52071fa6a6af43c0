import { useLayoutEffect } from "preact/hooks";
import { dropRequests } from "../api/http";
import { loadVocabulariesWhenIdle } from "../engine/vocabularies";
import { forgetPaste } from "../state/draft/paste";
import { keepDraft } from "../state/draft/shared-draft";
import { forgetGallery } from "../state/gallery";
import { follow } from "../state/history/connection";
import { lastDeleted } from "../state/history/deleting";
import { loadMore, resetHistory } from "../state/history/history";
import { choices, loadModels } from "../state/models";
import { ownPresets } from "../state/presets";
import { loadSeries, resetSeries } from "../state/series/series";
import { keepConversation } from "../state/talk/conversation";
import { forgetEarly } from "../state/talk/talk";

/**
 * Provides what a signed-in person's screens need, for as long as they are signed in. It runs before the first paint:
 * words typed into a composer whose draft is still to be read would be lost.
 */
export function useStudioData(user: string): void {
  useLayoutEffect(() => {
    const stopKeeping = keepDraft(user);
    const stopTalking = keepConversation();
    const stopWaiting = loadVocabulariesWhenIdle();
    const stopFollowing = follow();
    void loadModels();
    void loadMore();
    void loadSeries();
    return () => {
      dropRequests();
      stopFollowing();
      stopWaiting();
      stopTalking();
      stopKeeping();
      forgetEarly();
      forgetPaste();
      resetHistory();
      resetSeries();
      lastDeleted.value = null;
      choices.value = null;
      ownPresets.value = null;
      forgetGallery();
    };
  }, [user]);
}
