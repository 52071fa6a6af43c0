import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { generate, guest, open, preview, SIGNED_OUT, studio, words } from "./stage.js";

const counts = (page) => preview(page).locator(".preview-length");

describe("tokens", () => {
  test("are exact and show where the overall style stops, without changing the prompt", async () => {
    const { page, finish } = await guest({ plain: true });
    await words(page).fill("By a tall window in soft morning light, white linen shirt, looking out, close portrait");
    await counts(page)
      .filter({ hasNotText: "about" })
      .getByText(/of 512/)
      .waitFor();
    assert.match(await counts(page).innerText(), /\d+ of 512/);
    const prompt = preview(page).locator("[data-prompt]");
    assert.equal(await prompt.locator(".clip-cut").count(), 1);
    const input = JSON.parse(
      await preview(page)
        .locator("[data-input]")
        .evaluate((element) => element.textContent),
    );
    assert.equal(await prompt.evaluate((element) => element.textContent), input.prompt);
    await preview(page)
      .getByText(/overall style comes from the words up to here/)
      .waitFor();
    await finish(SIGNED_OUT);
  });

  test("are marked as estimates until the vocabularies have loaded", async () => {
    const { page, finish } = await guest({ plain: true });
    let arrive;
    const held = new Promise((resolve) => (arrive = resolve));
    await page.route(/\.vocab$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    await words(page).fill("in a library, soft light");
    await counts(page)
      .getByText(/about \d+ of 512/)
      .waitFor();
    arrive();
    await counts(page)
      .filter({ hasNotText: "about" })
      .getByText(/of 512/)
      .waitFor();
    await finish(SIGNED_OUT);
  });

  test("too many are an error that says what to shorten", async () => {
    const { page, finish } = await guest({ plain: true });
    const words512 = Array.from({ length: 180 }, (_, index) => `item ${index} gleaming`).join(", ");
    await words(page).fill(words512);
    await page
      .locator("#words-error")
      .getByText(/reads only 512\..*item 179/)
      .waitFor();
    assert.ok(await generate(page).isDisabled());
    await finish(SIGNED_OUT);
  });

  test("their vocabularies are not loaded before sign-in", async () => {
    const { page, finish } = await open();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(studio.origin);
    await page.getByText("open the link your studio sent you").waitFor();
    await page.waitForTimeout(1_000);
    assert.deepEqual(
      asked.filter((url) => url.endsWith(".vocab")),
      [],
    );
    await finish(SIGNED_OUT);
  });
});
