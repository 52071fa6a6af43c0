import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { generate, guest, holdTools, preview, ready, SIGNED_OUT, shownInput, studio, words } from "./stage.js";

const soFar = (page) => page.getByRole("region", { name: "The picture so far" });
const promptOf = (page) =>
  preview(page)
    .locator("[data-prompt]")
    .evaluate((element) => element.textContent);

describe("talking to Maya", () => {
  test("a whole description can be generated at once, exactly as previewed", async () => {
    const { page, finish } = await guest();
    const text = "me in Paris at dusk, beige trench coat, moody film look, closer crop, 4:5, two of them";
    await words(page).fill(text);
    await ready(page);
    const input = await shownInput(page);
    assert.equal(input.num_outputs, 2);
    assert.equal(input.aspect_ratio, "4:5");
    assert.match(input.prompt, /trench coat/);
    assert.deepEqual(await studio.standIn.creates("beige trench"), []);
    await generate(page).click();
    const mine = page.getByRole("article", { name: /beige trench coat/ });
    await mine.getByText("Here you are, 2 of them.").waitFor();
    const [create, ...more] = await studio.standIn.creates("beige trench");
    assert.deepEqual([create.body.input, more], [input, []]);
    assert.equal(await words(page).inputValue(), "");
    await soFar(page)
      .getByRole("button", { name: /trench coat/ })
      .first()
      .waitFor();
    await finish(SIGNED_OUT);
  });

  test("Enter sorts the words and asks for no picture", async () => {
    const { page, finish } = await guest();
    const asked = [];
    await words(page).fill("me on a rooftop in Lisbon, green wool coat, soft evening light");
    await ready(page);
    // The vocabularies are the last thing that loads by itself.
    await preview(page)
      .locator(".preview-length")
      .filter({ hasNotText: "about" })
      .getByText(/of 512/)
      .waitFor();
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await words(page).press("Enter");
    const log = page.getByRole("log");
    await log.getByText("me on a rooftop in Lisbon").waitFor();
    await soFar(page).getByRole("button", { name: "green wool coat", exact: true }).waitFor();
    await words(page).fill("make the coat red");
    await words(page).press("Enter");
    await soFar(page).getByRole("button", { name: "red wool coat", exact: true }).waitFor();
    assert.match(await promptOf(page), /red wool coat/);
    assert.ok((await page.getByRole("list", { name: "You could say" }).getByRole("button").count()) <= 3);
    assert.deepEqual(
      asked.filter((address) => !address.startsWith("/api/sessions/")),
      [],
    );

    await page.getByRole("button", { name: "Undo" }).click();
    await soFar(page).getByRole("button", { name: "green wool coat", exact: true }).waitFor();
    await words(page).fill("undo");
    await words(page).press("Enter");
    await soFar(page).waitFor({ state: "detached" });
    await finish(SIGNED_OUT);
  });

  test("words said before she has loaded are answered once she has", async () => {
    let come;
    const { page, finish } = await guest({ prepare: async ({ context }) => (come = await holdTools(context)) });
    await words(page).fill("me in a bakery, linen apron, early light");
    await words(page).press("Enter");
    await page.waitForTimeout(500);
    assert.equal(await words(page).inputValue(), "me in a bakery, linen apron, early light");
    come();
    await soFar(page).getByRole("button", { name: "linen apron", exact: true }).waitFor();
    assert.equal(await words(page).inputValue(), "");
    assert.equal(await page.locator(".said-words").filter({ hasText: "me in a bakery" }).count(), 1);
    await finish(SIGNED_OUT);
  });

  test("each entry can be changed and removed with a keyboard", async () => {
    const { page, finish } = await guest();
    await words(page).fill("me in a library, grey jumper, soft window light");
    await words(page).press("Enter");
    const jumper = soFar(page).getByRole("button", { name: "grey jumper", exact: true });
    await jumper.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("navy jumper");
    await page.keyboard.press("Enter");
    await soFar(page).getByRole("button", { name: "navy jumper", exact: true }).waitFor();
    assert.match(await promptOf(page), /navy jumper/);
    await soFar(page)
      .getByRole("button", { name: /^Take out “navy jumper”/ })
      .focus();
    await page.keyboard.press("Enter");
    await jumper.waitFor({ state: "detached" });
    assert.doesNotMatch(await promptOf(page), /jumper/);
    assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), "BODY", "the focus is somewhere");
    await page.getByRole("button", { name: "Start over" }).click();
    await soFar(page).waitFor({ state: "detached" });
    assert.ok(await generate(page).isDisabled());
    await page.getByRole("button", { name: "Undo" }).click();
    await soFar(page)
      .getByRole("button", { name: /library/ })
      .first()
      .waitFor();
    await finish(SIGNED_OUT);
  });

  test("a suggestion is said by one press", async () => {
    const { page, finish } = await guest();
    await words(page).fill("me on a beach at sunset, white shirt");
    await words(page).press("Enter");
    const next = page.getByRole("list", { name: "You could say" }).getByRole("button").first();
    const step = await next.innerText();
    const before = await shownInput(page);
    await next.click();
    await page.locator(".said-words").filter({ hasText: step }).last().waitFor();
    assert.notDeepEqual(await shownInput(page), before);
    await finish(SIGNED_OUT);
  });

  test("a setting chosen by hand wins over the words in the field", async () => {
    const { page, finish } = await guest();
    await words(page).fill("me in a garden, straw hat, two of them");
    await page
      .getByRole("group", { name: "Number of pictures" })
      .locator("input[value='2']:checked")
      .waitFor({ state: "attached" });
    await page
      .getByRole("group", { name: "Number of pictures" })
      .getByRole("radio", { name: "3" })
      .check({ force: true });
    assert.equal((await shownInput(page)).num_outputs, 3);
    await finish(SIGNED_OUT);
  });

  test("words with choices are kept as written", async () => {
    const { page, finish } = await guest();
    await words(page).fill("me on a jetty, olive parka");
    await words(page).press("Enter");
    await soFar(page).getByRole("button", { name: "olive parka", exact: true }).waitFor();
    await words(page).fill("{at dawn|at dusk}");
    await words(page).press("Enter");
    await page.locator(".said-words").filter({ hasText: "{at dawn|at dusk}" }).waitFor();
    await page.getByRole("button", { name: "Write the prompt myself" }).click();
    await soFar(page).waitFor({ state: "detached" });
    const handed = await words(page).inputValue();
    assert.match(handed, /olive parka/);
    assert.match(handed, /\{at dawn\|at dusk\}/);
    await finish(SIGNED_OUT);
  });

  test("she stays off once switched off", async () => {
    const { page, finish } = await guest();
    await words(page).fill("me in a harbour, navy jumper, early light");
    await words(page).press("Enter");
    await soFar(page).waitFor();
    await page.getByRole("button", { name: "Write the prompt myself" }).click();
    assert.match(await words(page).inputValue(), /navy jumper/);
    await soFar(page).waitFor({ state: "detached" });
    await words(page).fill("exactly these words, make the coat red");
    await preview(page).locator("[data-prompt]").filter({ hasText: "make the coat red" }).waitFor();
    await page.addInitScript(() => {
      const look = () => {
        const field = document.querySelector("#words");
        if (field === null) requestAnimationFrame(look);
        else window.firstShown = field.value;
      };
      requestAnimationFrame(look);
    });
    await page.reload();
    await words(page).waitFor();
    assert.equal(
      await page.evaluate(() => window.firstShown),
      "exactly these words, make the coat red",
      "from the first frame on",
    );
    await page.getByRole("button", { name: "Let Maya help" }).waitFor();
    await finish(SIGNED_OUT);
  });
});
