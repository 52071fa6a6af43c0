import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link } from "../harness/tokens.js";
import { until } from "../harness/until.js";
import { generate, guest, made, open, preview, SIGNED_OUT, studio, turn, visitor, words } from "./stage.js";

describe("the main job", () => {
  test("a signed-in person previews, generates, watches, finds and deletes a picture", async () => {
    // Without Maya; maya.js covers what she makes of the words.
    const { page, person, finish } = await visitor({ plain: true });
    const text = 'reading by a tall window, "soft" light – café, 東京 🙂';
    await words(page).fill(text);
    const pane = preview(page);
    await pane.locator("[data-prompt]").waitFor();
    await pane.getByText("The exact request").click();
    const shownPrompt = await pane.locator("[data-prompt]").evaluate((element) => element.textContent);
    const shownInput = JSON.parse(await pane.locator("[data-input]").evaluate((element) => element.textContent));
    assert.ok(shownPrompt.includes("reading by a tall window"));
    assert.deepEqual(await studio.standIn.creates("tall window"), [], "nothing is sent before Generate");

    // Looks at the provider are at least a second apart, so a shorter run may end without any progress to show.
    await studio.standIn.fault({ kind: "slow", factor: 5 }, { prompt: "tall window" });
    await generate(page).click();
    const mine = turn(page, text);
    const bar = mine.getByRole("progressbar", { name: "Generating" });
    const seen = new Set();
    await until(
      "progress",
      async () => {
        const value = await bar.getAttribute("value", { timeout: 200 }).catch(() => null);
        if (value !== null) seen.add(Number(value));
        return mine.getByRole("img").isVisible();
      },
      { every: 20 },
    );
    assert.ok(
      [...seen].some((percent) => percent > 0 && percent <= 100),
      "real progress was seen",
    );
    await mine.getByText("Here you are.").waitFor();

    const [create, ...more] = await studio.standIn.creates("tall window");
    assert.deepEqual(more, []);
    assert.ok(Buffer.from(create.body.input.prompt).equals(Buffer.from(shownPrompt)), "the prompt, byte for byte");
    assert.deepEqual(create.body.input, shownInput, "the whole input");
    assert.equal(create.body.version, person.binding.version);

    // A smaller version is as wide as its place.
    const loaded = (image) => image.evaluate((element) => element.decode().then(() => element.naturalWidth));
    assert.ok((await loaded(mine.getByRole("img"))) > 100);
    await page.reload();
    assert.ok((await loaded(turn(page, text).getByRole("img"))) > 100, "after a reload");
    await page.getByRole("navigation").getByRole("link", { name: "Gallery" }).click();
    const picture = page.getByRole("main").getByRole("img");
    assert.ok((await loaded(picture)) > 100);
    assert.match(await picture.getAttribute("alt"), /tall window/);

    await page
      .getByRole("main")
      .getByRole("button", { name: /tall window/ })
      .click();
    const dialog = page.getByRole("dialog");
    // An image that is still on its way would be missing.
    await loaded(dialog.getByRole("img"));
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Your pictures will hang here.").waitFor();
    const { pictures } = (await person.client.get("/api/generations")).json.generations[0];
    assert.deepEqual(pictures, []);
    await finish(SIGNED_OUT);
  });

  test("a link's token reaches no server before the button is pressed", async () => {
    const person = await studio.person({ name: "Prefetched" });
    const token = link(person.id);
    for (let scanner = 0; scanner < 2; scanner += 1) {
      const { page, finish } = await open();
      const asked = [];
      page.on("request", (request) => asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`));
      await page.goto(`/sign-in#${token}`);
      await page.getByRole("button", { name: "Continue" }).waitFor();
      assert.ok(!asked.some((line) => line.includes(token) || line.startsWith("POST")), asked.join("\n"));
      await finish(SIGNED_OUT);
    }
    const { page, finish } = await open();
    await page.goto(`/sign-in#${token}`);
    await page.getByRole("button", { name: "Continue" }).click();
    await words(page).waitFor();
    assert.ok(!page.url().includes("#"), "the token is not left in the address");
    await finish(SIGNED_OUT);

    const late = await open();
    await late.page.goto(`/sign-in#${token}`);
    await late.page.getByRole("button", { name: "Continue" }).click();
    await late.page.getByText("This link was used already").waitFor();
    await late.finish(SIGNED_OUT, /401 .*\/api\/session/);
  });

  test("signing out leaves nothing to see and nothing stored but the preference of the browser", async () => {
    const { page, finish } = await visitor({ plain: true });
    const stored = () => page.evaluate(() => Object.keys(localStorage));
    await words(page).fill("typed and never sent");
    await until("the draft to be kept", async () => (await stored()).some((key) => key.startsWith("selfsame.draft")));
    await page.getByRole("button", { name: /Account of/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("open the link your studio sent you").waitFor();
    assert.deepEqual(await stored(), ["selfsame.maya"]);
    await page.goto("/gallery");
    await page.getByText("open the link your studio sent you").waitFor();
    await finish(SIGNED_OUT);
  });

  test("signing out asks the studio for nothing else until it is done or has failed", async () => {
    const { page, finish } = await visitor();
    const asked = [];
    page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    // Sockets that close at once, so that the page keeps opening new ones.
    await page.routeWebSocket(/\/api\/events/, (socket) => {
      asked.push("socket");
      socket.close();
    });
    await page.reload();
    await page.getByText("Live updates are interrupted").waitFor();

    let answer;
    await page.route("**/api/session", async (route) => {
      const action = await new Promise((resolve) => (answer = resolve));
      await route[action]();
    });
    await page.getByRole("button", { name: /Account of/ }).click();
    asked.length = 0;
    await page.getByRole("button", { name: "Sign out" }).click();
    // Longer than the pause before the next socket.
    await page.waitForTimeout(4500);
    assert.deepEqual(asked, ["DELETE /api/session"]);

    answer("abort");
    await page.getByText("The studio cannot be reached").waitFor();
    await until("a new socket", () => asked.includes("socket"));
    await page.getByRole("button", { name: "Sign out" }).click();
    await until("another try", () => asked.filter((one) => one.startsWith("DELETE")).length === 2);
    answer("continue");
    await page.getByText("open the link your studio sent you").waitFor();
    await finish(SIGNED_OUT, /WebSocket|ERR_FAILED/);
  });

  test("the end of the conversation stays above the composer while it grows", async () => {
    const { page, person, finish } = await guest();
    await made(person, "above a growing composer", { pictures: 2, overrides: { steps: 4 } });
    await turn(page, "above a growing composer").getByText("Here you are, 2 of them.").waitFor();
    const room = () =>
      page.evaluate(() => {
        const composer = document.querySelector(".composer").getBoundingClientRect();
        const end = [...document.querySelectorAll("article")].at(-1).getBoundingClientRect();
        return { height: composer.height, room: composer.top - end.bottom };
      });
    const before = await room();
    assert.ok(before.room > 0, `${before.room} px above the composer`);
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByText("Seed", { exact: true }).first().waitFor();
    await until("the conversation to follow", async () => Math.abs((await room()).room - before.room) < 2, {
      seconds: 3,
    });
    assert.ok((await room()).height > before.height + 100, "the composer has grown");
    await finish(SIGNED_OUT);
  });

  test("settings change the preview and the request alike", async () => {
    const { page, finish } = await visitor({ plain: true });
    const text = "settings changed on a bridge";
    await words(page).fill(text);
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("spinbutton", { name: "Guidance" }).or(page.getByLabel("Guidance")).first().fill("2.2");
    await page.getByRole("radio", { name: "PNG" }).check({ force: true });
    await page
      .getByLabel("Number of pictures")
      .getByRole("radio", { name: "2" })
      .or(page.getByRole("group", { name: "Number of pictures" }).getByRole("radio", { name: "2" }))
      .first()
      .check({ force: true });
    const pane = preview(page);
    await pane
      .getByRole("row", { name: /Quality/ })
      .getByText("No effect")
      .waitFor();
    const shown = JSON.parse(await pane.locator("[data-input]").evaluate((element) => element.textContent));
    assert.equal(shown.guidance_scale, 2.2);
    assert.equal(shown.num_outputs, 2);
    await generate(page).click();
    await turn(page, text).getByText("Here you are, 2 of them.").waitFor();
    const [create] = await studio.standIn.creates(text);
    assert.deepEqual(create.body.input, shown);
    await finish(SIGNED_OUT);
  });
});
