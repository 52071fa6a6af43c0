import { useSignal } from "@preact/signals";
import { navigate } from "../router";
import { chosenModel } from "../state/models";
import { startComparison } from "../state/series/series";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { useAction } from "../ui/use-action";

/** `/compare`: one description made with Classic and with Likeness, to vote on without knowing which is which. */
export function Compare() {
  const words = useSignal("");
  const { busy, error, run } = useAction();
  const model = chosenModel.value;
  const begin = (event: Event) => {
    event.preventDefault();
    if (model === null || words.peek().trim() === "") return;
    run(async () => {
      const { id } = await startComparison({
        model: model.id,
        title: "Classic and Likeness",
        composition: { text: words.peek() },
        axes: [{ parameter: "preset", values: ["classic", "likeness"] }],
      });
      navigate(`/series/${id}`);
    });
  };
  return (
    <div class="plain-page">
      <h1 tabIndex={-1}>Compare</h1>
      <p>
        The same description with the same seed, once with Classic and once with Likeness. You choose the one that looks
        more like you before you learn which is which.
      </p>
      <form class="compare" onSubmit={begin}>
        <label>
          <span>Describe one picture</span>
          <textarea rows={3} value={words.value} onInput={({ currentTarget }) => (words.value = currentTarget.value)} />
        </label>
        {error.value && <ErrorNotice error={error.value} />}
        <Button type="submit" kind="primary" disabled={busy.value || model === null || words.value.trim() === ""}>
          Make 2 pictures
        </Button>
      </form>
    </div>
  );
}
