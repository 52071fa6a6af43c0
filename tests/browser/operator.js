import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enter, made, open, SIGNED_OUT, studio } from "./stage.js";

describe("the operator's page", () => {
  test("shows people and no picture or prompt", async () => {
    const person = await studio.person({ name: "Watched" });
    await made(person, "nobody else may read this", { overrides: { steps: 4 } });
    const { page, finish } = await open();
    await enter(page, "studio", { role: "operator" });
    await page.getByText("Watched").first().waitFor();
    assert.equal(await page.locator("main img").count(), 0);
    assert.doesNotMatch(await page.locator("body").innerText(), /nobody else may read this/);
    await finish(SIGNED_OUT);
  });
});
