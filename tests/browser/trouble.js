import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { generate, preview, SIGNED_OUT, studio, turn, visitor, words } from "./stage.js";

describe("when something fails", () => {
  test("a filtered picture is explained kindly and can be tried again", async () => {
    const { page, finish } = await visitor({ plain: true });
    const text = "kept back by the filter";
    await studio.standIn.fault({ kind: "nsfw", images: "all" }, { prompt: text });
    await words(page).fill(text);
    await generate(page).click();
    const mine = turn(page, text).first();
    await mine.getByRole("button", { name: "Try again" }).waitFor();
    const said = await mine.innerText();
    assert.doesNotMatch(said, /NSFW|error|exception/i);
    assert.match(said, /filter/i);
    await finish(SIGNED_OUT);
  });

  test("nothing about the provider's account is shown", async () => {
    const { page, finish } = await visitor({ plain: true });
    const text = "the account is empty";
    await studio.standIn.fault({ kind: "status", status: 402 }, { prompt: text });
    await words(page).fill(text);
    await generate(page).click();
    const mine = turn(page, text).first();
    await mine.getByRole("button", { name: "Try again" }).waitFor();
    assert.doesNotMatch(await page.locator("body").innerText(), /credit|billing|402|token/i);
    await finish(SIGNED_OUT);
  });

  test("another person's trigger is refused beside the field, and the words stay", async () => {
    const { page, finish } = await visitor({ plain: true });
    const text = "user31337000 in my garden";
    await words(page).fill(text);
    await preview(page)
      .getByText(/trigger/i)
      .first()
      .waitFor();
    await generate(page).click();
    await page.locator("#words-error").waitFor();
    assert.equal(await words(page).inputValue(), text);
    assert.deepEqual(await studio.standIn.creates("in my garden"), []);
    await finish(SIGNED_OUT, /422 .*\/api\/generations/);
  });

  test("a text that is too long is refused before it is sent", async () => {
    const { page, finish } = await visitor({ plain: true });
    await words(page).fill("a".repeat(4001));
    await page
      .getByText(/4,?000/)
      .first()
      .waitFor();
    assert.ok(await generate(page).isDisabled());
    await finish(SIGNED_OUT);
  });

  test("more pictures than the allowance covers cannot be asked for, and the reason is told", async () => {
    const { page, finish } = await visitor({
      plain: true,
      person: await studio.person({ name: "Short", allowance: 1 }),
    });
    await words(page).fill("one more than I may have");
    await page.getByRole("button", { name: "Generate", disabled: false }).waitFor();
    await page
      .getByRole("group", { name: "Number of pictures" })
      .getByRole("radio", { name: "2" })
      .check({ force: true });
    const blocked = page.getByRole("button", { name: "Generate", description: /covers 1 more picture/ });
    assert.ok(await blocked.isDisabled());
    await words(page).press("Control+Enter");
    assert.deepEqual(await studio.standIn.creates("one more than I may have"), []);
    await finish(SIGNED_OUT);
  });

  test("an unknown address is not found", async () => {
    const { page, finish } = await visitor({ plain: true });
    await page.goto("/no-such-page");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByRole("main").getByRole("link").first().click();
    await words(page).waitFor();
    await finish(SIGNED_OUT);
  });
});
