import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { guest, preview, remarks, SIGNED_OUT, words } from "./stage.js";

const promptOf = (page) =>
  preview(page)
    .locator("[data-prompt]")
    .evaluate((element) => element.textContent);

describe("remarks before Generate", () => {
  test("quote the words and are fixed by one key press", async () => {
    const { page, finish } = await guest({ plain: true });
    await words(page).fill("Walking through Lisbon, (red coat:1.3), blue eyes, soft evening light");
    await remarks(page)
      .getByText(/weights/)
      .waitFor();
    const marked = await page.locator(".words-field .marked").allInnerTexts();
    assert.deepEqual(marked, ["(red coat:1.3)", "blue eyes"]);

    await remarks(page).filter({ hasText: "weights" }).getByRole("button", { name: "Fix" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.querySelector("textarea").value.includes("("));
    assert.match(await words(page).inputValue(), /^Walking through Lisbon, red coat, blue eyes, /);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Fix", "the focus is on the next fix");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.querySelector("textarea").value.includes("eyes"));
    assert.match(await promptOf(page), /Walking through Lisbon, user\d+ portrait, red coat/);
    assert.doesNotMatch(await promptOf(page), /eyes/);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "words", "after the last fix, the words");
    await finish(SIGNED_OUT);
  });

  test("are not read out while a person writes", async () => {
    const { page, finish } = await guest({ plain: true });
    await page.waitForTimeout(300);
    await page.evaluate(() => {
      globalThis.said = [];
      const status = document.querySelector("[role=status]");
      new MutationObserver(() => globalThis.said.push(status.textContent)).observe(status, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await words(page).pressSequentially("No hat, with my sister, at noon");
    await remarks(page).first().waitFor();
    assert.deepEqual(await page.evaluate(() => globalThis.said), []);
    assert.equal(await page.getByRole("alert").count(), 0);
    await finish(SIGNED_OUT);
  });

  test("include a setting without effect", async () => {
    const { page, finish } = await guest({ plain: true });
    await words(page).fill("By a tall window in soft light");
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("radio", { name: "PNG" }).check({ force: true });
    await page.getByLabel("File quality", { exact: true }).fill("40");
    await remarks(page)
      .getByText(/PNG|png/)
      .first()
      .waitFor();
    await finish(SIGNED_OUT);
  });
});
