import { WithModel } from "../composer/with-model";
import { composerFor, fullModule, loadModules } from "../engine/modules";
import { NotFound } from "../not-found";
import { path } from "../router";
import type { OwnModel } from "../state/models";
import { Button } from "../ui/button";
import { ShootIndex } from "./shoot-index";
import { ShootPage } from "./shoot-page";

/** `/shoots`, the index of collections, and `/shoots/{id}`, one collection. */
export function Shoots() {
  return <WithModel title="Photoshoots">{(model) => <Collections model={model} />}</WithModel>;
}

function Collections({ model }: { model: OwnModel }) {
  const id = shootIdIn(path.value);
  const known = fullModule.value;
  if (known.state === "failed")
    return (
      <div class="plain-page">
        <h1 tabIndex={-1}>Photoshoots</h1>
        <p>The part of the page that knows the photoshoots could not be loaded.</p>
        <Button onClick={() => void loadModules()}>Try again</Button>
      </div>
    );
  if (known.state === "loading") return <p class="opening">Loading the photoshoots…</p>;
  const shoots = known.module.shoots();
  const composer = composerFor(known.module, model);
  if (id === null) return <ShootIndex shoots={shoots} composer={composer} />;
  const shoot = shoots.find((one) => one.id === id);
  return shoot === undefined ? <NotFound /> : <ShootPage key={id} shoot={shoot} model={model} composer={composer} />;
}

/** The id of the collection at an address; null at the index. */
const shootIdIn = (address: string): string | null => /^\/shoots\/([^/]+)\/?$/.exec(address)?.[1] ?? null;
