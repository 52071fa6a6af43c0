import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { enter, made, open, SIGNED_OUT, shownInput, studio, visitor } from "./stage.js";

const opener = (page) => page.getByRole("dialog", { name: "Open a picture’s recipe" });

/** Opens the dialog for recipes in files, from the gallery. */
async function toOpener(page) {
  await page.goto("/gallery");
  await page.getByRole("main").getByRole("button", { name: "Open a picture’s recipe" }).click();
  await opener(page).waitFor();
}

const choose = (page, file) => opener(page).locator("input[type=file]").setInputFiles(file);

/** Downloads a file by `press`. */
async function downloaded(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Downloads the one picture of `text` with its recipe from the viewer. */
async function withRecipe(page, text) {
  await page.goto("/gallery");
  await page
    .getByRole("main")
    .getByRole("button", { name: new RegExp(text) })
    .first()
    .click();
  return downloaded(page, () => page.getByRole("dialog").getByRole("button", { name: "Download with recipe" }).click());
}

describe("recipes in pictures", () => {
  let person;
  before(async () => (person = await studio.person({ name: "Kept" })));

  for (const format of ["png", "jpg", "webp"]) {
    test(`a ${format} carries its recipe: saved, opened, used again, removed`, async () => {
      const { page, finish } = await visitor({ person });
      const text = `kept in a ${format}`;
      const {
        pictures: [picture],
      } = await made(person, text, { overrides: { steps: 5, guidance: 2.2, seed: 4711, output_format: format } });
      const { bytes: stored } = await person.client.get(`/api/images/${picture.id}`);
      const { name, bytes } = await withRecipe(page, text);
      assert.ok(name.endsWith(`.${format}`), name);
      assert.ok(bytes.length > stored.length && bytes.includes("4711"), "the recipe is in the file");

      await toOpener(page);
      const asked = [];
      page.on("request", (request) => request.method() === "POST" && asked.push(request.url()));
      const file = { name, mimeType: `image/${format === "jpg" ? "jpeg" : format}`, buffer: bytes };
      await choose(page, file);
      const dialog = opener(page);
      await dialog.getByRole("heading", { name: /made with your model/ }).waitFor();
      assert.ok((await dialog.innerText()).includes(picture.recipe_id.slice(0, 12)));
      const plain = await downloaded(page, () => dialog.getByRole("button", { name: "Remove the recipe" }).click());
      assert.ok(plain.bytes.equals(stored), "without its recipe it is the stored file, to the byte");

      await dialog.getByRole("button", { name: "Use again" }).click();
      await page
        .getByRole("region", { name: "The picture so far" })
        .getByRole("button", { name: text, exact: true })
        .waitFor();
      assert.deepEqual(await shownInput(page), picture.recipe.input, "the same request, seed and all");
      assert.deepEqual(asked, [], "nothing is uploaded");
      await finish(SIGNED_OUT);
    });
  }

  test("the viewer shows the recipe's id, which can be copied", async () => {
    const { page, context, finish } = await visitor({ person });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const {
      pictures: [picture],
    } = await made(person, "has an id", { overrides: { steps: 4 } });
    await page.goto("/gallery");
    await page
      .getByRole("main")
      .getByRole("button", { name: /has an id/ })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Recipe", { exact: true }).click();
    await dialog.getByText(picture.recipe_id.slice(0, 12), { exact: true }).waitFor();
    await dialog.getByRole("button", { name: "Copy id" }).click();
    await dialog.getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), picture.recipe_id);
    await finish(SIGNED_OUT);
  });

  test("another person's picture can be read but not made again", async () => {
    const { page, finish } = await visitor({ person });
    await made(person, "of somebody else", { overrides: { steps: 4 } });
    const { name, bytes } = await withRecipe(page, "of somebody else");
    const stage = await open();
    await enter(stage.page, (await studio.create({ name: "Ben" })).id);
    await toOpener(stage.page);
    await choose(stage.page, { name, mimeType: "image/webp", buffer: bytes });
    await opener(stage.page).getByRole("heading", { name: "This picture was made with another model." }).waitFor();
    assert.equal(await opener(stage.page).getByRole("button", { name: "Use again" }).count(), 0);
    await stage.finish(SIGNED_OUT);
    await finish(SIGNED_OUT);
  });

  test("files without a readable recipe are explained in plain words", async () => {
    const { page, finish } = await visitor({ person });
    const {
      pictures: [picture],
    } = await made(person, "without a recipe", { overrides: { steps: 4, output_format: "png" } });
    const { bytes } = await person.client.get(`/api/images/${picture.id}`);
    await toOpener(page);
    const dialog = opener(page);
    await choose(page, { name: "plain.png", mimeType: "image/png", buffer: bytes });
    await dialog.getByRole("heading", { name: "There is no recipe in plain.png." }).waitFor();
    await choose(page, { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("not a picture at all") });
    await dialog.getByRole("alert").getByText("not a PNG, JPEG or WebP").waitFor();
    await page.keyboard.press("Escape");
    const { bytes: whole } = await withRecipe(page, "without a recipe");
    await toOpener(page);
    await choose(page, { name: "cut.png", mimeType: "image/png", buffer: whole.subarray(0, 60) });
    await dialog.getByRole("alert").waitFor();
    await choose(page, { name: "whole.png", mimeType: "image/png", buffer: whole });
    await dialog.getByText("Verified: its id is that of a picture in your studio").waitFor();
    await finish(SIGNED_OUT);
  });

  test("a dropped file opens in the dialog", async () => {
    const { page, finish } = await visitor({ person });
    await made(person, "dropped here", { overrides: { steps: 4 } });
    const { name, bytes } = await withRecipe(page, "dropped here");
    await toOpener(page);
    const transfer = await page.evaluateHandle(
      ([file, base64]) => {
        const data = new DataTransfer();
        data.items.add(
          new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], file, { type: "image/webp" }),
        );
        return data;
      },
      [name, bytes.toString("base64")],
    );
    await opener(page).getByText("Choose a picture").dispatchEvent("drop", { dataTransfer: transfer });
    await opener(page)
      .getByRole("heading", { name: /made with your model/ })
      .waitFor();
    assert.ok(page.url().endsWith("/gallery"));
    await finish(SIGNED_OUT);
  });
});
