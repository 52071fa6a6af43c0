import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { made, preview, SIGNED_OUT, studio, turn, visitor } from "./stage.js";

describe("the gallery", () => {
  let person;
  before(async () => (person = await studio.person({ name: "Hung" })));

  test("shows all pictures, newest first, with recipe, download and use again", async () => {
    const { page, finish } = await visitor({ person });
    await made(person, "the first one", { overrides: { steps: 6, guidance: 2.4 } });
    const second = await made(person, "the second one", {
      pictures: 2,
      overrides: { steps: 7, seed: 4242, output_format: "png" },
    });
    await page.goto("/gallery");
    const pictures = page.getByRole("main").getByRole("list").getByRole("img");
    await pictures.nth(2).waitFor();
    const names = await pictures.evaluateAll((images) => images.map((image) => image.alt));
    assert.equal(names.length, 3);
    assert.match(names[0], /second/);
    assert.match(names[2], /first/);

    await page
      .getByRole("main")
      .getByRole("button", { name: /second one/ })
      .first()
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Recipe", { exact: true }).click();
    await dialog.getByRole("heading", { name: "As sent" }).waitFor();
    const recipe = await dialog.locator("details.recipe").evaluate((element) => element.textContent);
    assert.ok(recipe.includes(second.prompt));
    assert.ok(recipe.includes("4242"));
    assert.ok(recipe.includes(person.binding.version));

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("link", { name: "Download" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^[\w.-]+\.png$/);
    const shown = (await dialog.getByRole("img").getAttribute("src")).split("/").pop();
    const stored = await person.client.get(`/api/images/${shown}`);
    assert.ok(readFileSync(await download.path()).equals(stored.bytes), "the very bytes");

    await dialog.getByRole("button", { name: "Use again" }).click();
    await page
      .getByRole("region", { name: "The picture so far" })
      .getByRole("button", { name: "the second one", exact: true })
      .waitFor();
    await preview(page).locator("[data-input]").waitFor({ state: "attached" });
    const input = JSON.parse(
      await preview(page)
        .locator("[data-input]")
        .evaluate((element) => element.textContent),
    );
    assert.deepEqual(input, second.pictures[0].recipe.input, "the same request again, seed and all");
    await finish(SIGNED_OUT);
  });

  test("fetches a recipe when it is opened, and again after an error", async () => {
    const { page, finish } = await visitor({ person });
    const { id, prompt } = await made(person, "from a summary", { overrides: { steps: 4 } });
    // Without events the page knows only the summaries of the list.
    await page.routeWebSocket(/\/api\/events/, (socket) => socket.close());
    await page.route(`**/api/generations/${id}`, (route) => route.abort());
    await page.goto("/gallery");
    await page
      .getByRole("main")
      .getByRole("button", { name: /from a summary/ })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Recipe", { exact: true }).click();
    await dialog.getByText(/cannot be reached/).waitFor();
    await page.unroute(`**/api/generations/${id}`);
    await dialog.getByRole("button", { name: "Try again" }).click();
    await dialog.getByText(prompt, { exact: true }).waitFor();
    await finish(SIGNED_OUT, /WebSocket|api\/generations\/gen_|ERR_FAILED/);
  });

  test("shows long words to their end after a reload, and in the conversation on demand", async () => {
    const { page, finish } = await visitor({ person });
    const text = `${"walking along a quay at dusk, ".repeat(10)}to the very end`;
    await made(person, text, { overrides: { steps: 4 } });
    await page.reload();
    const asked = turn(page, "walking along a quay at dusk, walking");
    await asked.getByText(/…$/).waitFor();
    await asked.getByRole("button", { name: "Show all your words" }).press("Enter");
    await asked.getByText(text, { exact: true }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), text);

    await page.goto("/gallery");
    await page.getByRole("main").getByRole("button", { name: /quay/ }).click();
    await page.getByRole("dialog").getByRole("heading", { name: text, exact: true }).waitFor();
    await finish(SIGNED_OUT);
  });

  test("finds pictures by their words, and keeps favourites and albums", async () => {
    const { page, finish } = await visitor({ person });
    await made(person, "a quokka on a pier", { overrides: { steps: 4 } });
    await made(person, "a pelican on a pier", { overrides: { steps: 4 } });
    await page.goto("/gallery");
    const main = page.getByRole("main");
    const quokka = main.getByRole("button", { name: /quokka/ });
    const pelican = main.getByRole("button", { name: /pelican/ });
    await pelican.waitFor();
    await page.getByLabel("Search your pictures").fill("quok");
    await pelican.waitFor({ state: "detached" });
    await quokka.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Favourite, albums and preset", { exact: true }).click();
    await dialog.getByLabel("Favourite").click();
    await dialog.getByLabel("Favourite").and(page.locator(":checked")).waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByLabel("Search your pictures").fill("pier");
    await pelican.waitFor();
    await page.getByLabel("Favourites only").check();
    await pelican.waitFor({ state: "detached" });
    await quokka.waitFor();
    await page.getByLabel("Favourites only").uncheck();

    await page.getByLabel("New album").fill("Birds");
    await page.getByRole("button", { name: "Make" }).click();
    await page.getByText("No pictures match").waitFor();
    await page.getByLabel("Album", { exact: true }).selectOption({ label: "All pictures" });
    await pelican.click();
    await dialog.getByText("Favourite, albums and preset", { exact: true }).click();
    await dialog.getByLabel("In Birds").click();
    await dialog.getByLabel("In Birds").and(page.locator(":checked")).waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByLabel("Album", { exact: true }).selectOption({ label: "Birds (1)" });
    await quokka.waitFor({ state: "detached" });
    await pelican.waitFor();
    await page.getByLabel("New name").fill("Seabirds");
    await page.getByLabel("New name").press("Enter");
    await page.getByRole("status").getByText("The album is called “Seabirds” now.").waitFor();
    await page
      .getByLabel("Album", { exact: true })
      .locator("option", { hasText: "Seabirds (1)" })
      .waitFor({ state: "attached" });
    await finish(SIGNED_OUT);
  });

  test("keeps settings as a preset and puts them back", async () => {
    const { page, finish } = await visitor({ person });
    await page.getByRole("button", { name: "Settings" }).click();
    // A file that is refused can be chosen again once it is mended.
    const choice = page.getByLabel("Add presets from a file");
    const sent = [];
    await page.route("**/api/presets/import", (route) => {
      sent.push(route.request().postData());
      return route.continue();
    });
    const file = (text) => ({ name: "presets.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await choice.setInputFiles(file("{"));
    await page.getByRole("alert").waitFor();
    assert.equal(await choice.inputValue(), "");
    assert.deepEqual(sent, ["{"]);
    const steps = page.getByLabel("Steps", { exact: true }).first();
    await steps.fill("31");
    await page.getByLabel("Save these settings as").fill("Thirty-one");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const use = page.getByRole("button", { name: "Use Thirty-one" });
    await use.waitFor();
    await steps.fill("12");
    await use.click();
    assert.equal(await steps.inputValue(), "31");
    await page.getByRole("button", { name: "Delete Thirty-one" }).click();
    await use.waitFor({ state: "detached" });
    await finish(SIGNED_OUT, /api\/presets\/import/);
  });

  test("deletes into the bin, and offers to undo it", async () => {
    const { page, finish } = await visitor({ person });
    const {
      pictures: [picture],
    } = await made(person, "to be kept", { overrides: { steps: 4 } });
    const bytes = async () => (await person.client.get(`/api/images/${picture.id}`)).status;
    await page.goto("/gallery");
    const button = page.getByRole("main").getByRole("button", { name: /to be kept/ });
    await button.click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await button.waitFor({ state: "detached" });
    assert.equal(await bytes(), 404);
    await page.getByRole("button", { name: "Undo" }).click();
    await button.waitFor();
    assert.equal(await bytes(), 200);

    await button.click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Undo" }).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Shoots" }).click();
    await page.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });
    await page.getByRole("status").getByText("Photoshoots", { exact: true }).waitFor({ state: "attached" });
    await finish(SIGNED_OUT);
  });
});
