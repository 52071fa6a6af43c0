import type { ComponentChildren } from "preact";
import { composerFor, fullModule, loadModules } from "../engine/modules";
import { NotFound } from "../not-found";
import { path } from "../router";
import { choices, choicesError, chosenModel, loadModels } from "../state/models";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/notice";
import { ShootIndex } from "./shoot-index";
import { ShootPage } from "./shoot-page";

/** `/shoots`, the index of collections, and `/shoots/{id}`, one collection. */
export function Shoots() {
  const id = shootIdIn(path.value);
  const known = fullModule.value;
  if (choicesError.value) {
    return (
      <Aside>
        <ErrorNotice error={choicesError.value}>
          <Button onClick={() => void loadModels()}>Try again</Button>
        </ErrorNotice>
      </Aside>
    );
  }
  if (known.state === "failed") {
    return (
      <Aside>
        <p>The part of the page that knows the photoshoots could not be loaded.</p>
        <Button onClick={() => void loadModules()}>Try again</Button>
      </Aside>
    );
  }
  if (known.state === "loading" || choices.value === null) return <p class="opening">Loading the photoshoots…</p>;
  const model = chosenModel.value;
  if (model === null) {
    return (
      <Aside>
        <p>
          There is no model of you here yet. Your studio adds it once it is trained; then your photoshoots begin here.
        </p>
      </Aside>
    );
  }
  const shoots = known.module.shoots();
  const composer = composerFor(known.module, model);
  if (id === null) return <ShootIndex shoots={shoots} composer={composer} />;
  const shoot = shoots.find((one) => one.id === id);
  return shoot === undefined ? <NotFound /> : <ShootPage key={id} shoot={shoot} model={model} composer={composer} />;
}

function Aside({ children }: { children: ComponentChildren }) {
  return (
    <div class="plain-page">
      <h1 tabIndex={-1}>Photoshoots</h1>
      {children}
    </div>
  );
}

/** The id of the collection at an address; null at the index. */
const shootIdIn = (address: string): string | null => /^\/shoots\/([^/]+)\/?$/.exec(address)?.[1] ?? null;
