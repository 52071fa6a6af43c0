import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { guest, holdTools, paste, SIGNED_OUT, shownInput, words } from "./stage.js";

const PASTED = [
  "a ((red coat)), rainy street, <lora:detail:0.8>, soft light",
  "Negative prompt: blurry, hat",
  "Steps: 30, Sampler: Euler a, CFG scale: 7, Seed: 4242, Size: 832x1216",
].join("\n");

describe("a prompt pasted from another tool", () => {
  test("is cleaned up only on request, after a review, and can be given back", async () => {
    const { page, finish } = await guest({ plain: true });
    await paste(page, PASTED);
    const offer = page.getByRole("button", { name: "Clean this up" });
    await offer.waitFor();
    assert.equal(await words(page).inputValue(), PASTED);
    await offer.click();
    const dialog = page.getByRole("dialog", { name: "Clean up what you pasted" });
    await dialog.locator(".diff del").first().waitFor();
    const gone = (await dialog.locator(".diff del").allInnerTexts()).join(" ");
    assert.match(gone, /<lora:detail:0\.8>/);
    assert.match(gone, /Negative prompt/);
    assert.match(await dialog.innerText(), /4242/);
    assert.match(await dialog.innerText(), /no other can be loaded/);
    await page.keyboard.press("Escape");
    assert.equal(await words(page).inputValue(), PASTED, "looking changes nothing");

    await offer.click();
    await dialog.getByRole("button", { name: "Apply" }).click();
    assert.match(await words(page).inputValue(), /^a red coat, rainy street, soft light$/);
    const input = await shownInput(page);
    assert.deepEqual([input.seed, input.num_inference_steps, input.aspect_ratio], [4242, 30, "2:3"]);
    await page.getByRole("button", { name: "Undo" }).click();
    assert.equal(await words(page).inputValue(), PASTED);
    assert.notEqual((await shownInput(page)).seed, 4242);
    await finish(SIGNED_OUT);
  });

  test("is read as soon as the full module has loaded", async () => {
    let come;
    const { page, finish } = await guest({
      plain: true,
      prepare: async ({ context }) => (come = await holdTools(context)),
    });
    await paste(page, PASTED);
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole("button", { name: "Clean this up" }).count(), 0);
    come();
    await page.getByRole("button", { name: "Clean this up" }).waitFor();
    await finish(SIGNED_OUT);
  });

  test("ordinary words get no offer", async () => {
    const { page, finish } = await guest({ plain: true });
    await paste(page, "At a wooden table (the one by the window), late sun from the side");
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole("button", { name: "Clean this up" }).count(), 0);
    await finish(SIGNED_OUT);
  });
});
