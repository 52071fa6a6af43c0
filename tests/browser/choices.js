import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../harness/until.js";
import { guest, preview, remarks, SIGNED_OUT, studio, words } from "./stage.js";

const go = (page, count) => page.getByRole("button", { name: `Generate ${count}`, exact: true });

describe("choices in the words", () => {
  test("are counted, listed on demand, and made as one series", async () => {
    const { page, finish } = await guest({ plain: true });
    await words(page).fill("a {crimson|emerald} scarf {on a pier|in a tram}, soft light");
    await page.getByText("4 prompts", { exact: true }).waitFor();
    await preview(page).getByText("All 4 prompts").click();
    const listed = await preview(page).locator(".prompt-list li").allInnerTexts();
    assert.deepEqual(listed, [
      "a crimson scarf on a pier, soft light",
      "a crimson scarf in a tram, soft light",
      "a emerald scarf on a pier, soft light",
      "a emerald scarf in a tram, soft light",
    ]);
    assert.match(
      await preview(page)
        .locator("[data-prompt]")
        .evaluate((element) => element.textContent),
      /crimson scarf on a pier/,
    );
    assert.deepEqual(await studio.standIn.creates("scarf"), []);

    await go(page, 4).click();
    const series = page.getByRole("article", { name: /^Series: a \{crimson/ });
    await series.getByText("All 4 are made.").waitFor({ timeout: 60_000 });
    assert.equal((await studio.standIn.creates("scarf")).length, 4);
    const prompts = (await studio.standIn.creates("scarf")).map(({ body }) => body.input.prompt);
    for (const text of listed)
      assert.ok(
        prompts.some((prompt) => prompt.includes(text.split(",")[0])),
        text,
      );
    assert.equal(await words(page).inputValue(), "");
    await finish(SIGNED_OUT);
  });

  test("can be drawn at random by the seed, or taken in step", async () => {
    const { page, finish } = await guest({ plain: true });
    await words(page).fill("a {1|2|3|4|5|6} {a|b|c|d|e|f} hat, soft light");
    await remarks(page)
      .getByText(/24 can be sent at once/)
      .waitFor();
    assert.ok(await page.getByRole("button", { name: "Generate" }).isDisabled());
    await page.getByRole("radio", { name: "At random" }).check({ force: true });
    await page.getByLabel("How many").fill("3");
    await go(page, 3).waitFor();
    await preview(page).getByText("All 3 prompts").click();
    const drawn = await preview(page).locator(".prompt-list li").allInnerTexts();
    await page.reload();
    await preview(page).getByText("All 3 prompts").click();
    assert.deepEqual(await preview(page).locator(".prompt-list li").allInnerTexts(), drawn);
    await page.getByRole("radio", { name: "In step" }).check({ force: true });
    await go(page, 6).waitFor();
    await finish(SIGNED_OUT);
  });

  test("an unclosed brace is an error beside the field", async () => {
    const { page, finish } = await guest({ plain: true });
    await words(page).fill("a {red|green hat");
    await page
      .locator("#words-error")
      .getByText(/never closed/)
      .waitFor();
    assert.ok(await page.getByRole("button", { name: "Generate" }).isDisabled());
    await words(page).fill("a {red|green} hat");
    await go(page, 2).waitFor();
    await finish(SIGNED_OUT);
  });

  test("a refusal sends none of them and says so", async () => {
    const { page, finish } = await guest({ plain: true });
    await page.route("**/api/shoots", (route) => {
      const error = { code: "allowance_exhausted", message: "Your allowance is used up.", request_id: "req_x" };
      return route.fulfill({ status: 402, contentType: "application/json", body: JSON.stringify({ error }) });
    });
    await words(page).fill("a {tin|glass|paper} lantern, soft light");
    await go(page, 3).click();
    await page.getByText("Your allowance is used up.").first().waitFor();
    await page.unroute("**/api/shoots");
    assert.deepEqual(await studio.standIn.creates("lantern"), []);
    await go(page, 3).click();
    await until("all are sent", async () => (await studio.standIn.creates("lantern")).length === 3, { every: 100 });
    await finish(SIGNED_OUT, /402 .*\/api\/shoots/);
  });
});
