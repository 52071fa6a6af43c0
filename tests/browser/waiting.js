import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enter, generate, open, preview, SIGNED_OUT, studio, turn, visitor, words } from "./stage.js";

describe("while something has not arrived", () => {
  test("the composer works before the wasm has loaded, and says that the preview is coming", async () => {
    const person = await studio.person({ name: "Early" });
    const { page, finish } = await open();
    let arrive;
    const held = new Promise((resolve) => (arrive = resolve));
    await page.route(/\.wasm$/, async (route) => {
      await held;
      await route.continue();
    });
    await enter(page, person.id);
    await words(page).fill("before the wasm");
    await preview(page).getByText("Preparing preview").waitFor();
    await generate(page).click();
    await turn(page, "before the wasm").getByText("Here you are.").waitFor();
    await words(page).fill("after the wasm");
    arrive();
    await preview(page).locator("[data-prompt]").waitFor();
    await finish(SIGNED_OUT);
  });

  test("the page polls without a WebSocket", async () => {
    const person = await studio.person({ name: "Polled" });
    const { page, finish } = await open({ plain: true });
    await page.routeWebSocket(/\/api\/events/, (socket) => socket.close());
    await enter(page, person.id);
    await words(page).fill("asked for by polling");
    await generate(page).click();
    await turn(page, "asked for by polling").getByText("Here you are.").waitFor({ timeout: 40_000 });
    await finish(SIGNED_OUT, /WebSocket/);
  });

  test("a second tab follows the same generation", async () => {
    const { page, context, finish } = await visitor({ plain: true });
    const other = await context.newPage();
    await other.goto("/");
    await words(other).waitFor();
    await words(page).fill("seen in both tabs");
    await generate(page).click();
    await turn(other, "seen in both tabs").getByText("Here you are.").waitFor();
    await finish(SIGNED_OUT);
  });

  test("a generation can be canceled and tried again", async () => {
    const { page, finish } = await visitor({ plain: true });
    const text = "canceled in the page";
    await studio.standIn.fault({ kind: "stuck", phase: "starting" }, { prompt: text });
    await words(page).fill(text);
    await generate(page).click();
    const mine = turn(page, text).first();
    await mine.getByRole("button", { name: "Cancel" }).click();
    await mine.getByText("Canceled, as you asked. It cost nothing.").waitFor();
    await mine.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Here you are.").waitFor();
    assert.equal((await studio.standIn.creates(text)).length, 2);
    await finish(SIGNED_OUT);
  });

  test("a cancel that costs pictures says so before it is confirmed", async () => {
    const { page, finish } = await visitor({ plain: true });
    const text = "canceled too late";
    await studio.standIn.fault({ kind: "stuck", phase: "processing" }, { prompt: text });
    await words(page).fill(text);
    await generate(page).click();
    const mine = turn(page, text).first();
    await mine.getByRole("progressbar", { name: "Generating" }).waitFor();
    await mine.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("If you cancel now, it counts as 1 picture, and you get none.").waitFor();
    await page.getByRole("button", { name: "Cancel it" }).click();
    await mine.getByText("The provider had begun, so it counts as 1 picture.").waitFor();
    await finish(SIGNED_OUT);
  });
});
