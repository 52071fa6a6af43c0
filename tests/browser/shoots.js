import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { until } from "../harness/until.js";
import { SIGNED_OUT, studio, visitor } from "./stage.js";

const OUTFIT = "bottle-green corduroy jacket";
const make = (page) => page.getByRole("button", { name: /^Make th/ });
const frames = (page) => page.getByRole("main").getByRole("list").getByRole("img");
/** Waits until the page of a series says so. */
const says = (page, sentence) => page.getByRole("main").getByText(sentence).waitFor({ timeout: 60_000 });
const scenes = (page) => page.getByRole("main").getByRole("checkbox");
/** The creates of one look, in the order of their seeds. */
const creates = async (outfit) =>
  (await studio.standIn.creates(outfit)).map(({ body }) => body.input).sort((a, b) => a.seed - b.seed);

/** Opens the first collection with only its first `count` shots, in `outfit`, with few steps. Returns its title. */
async function toShoot(page, count, outfit) {
  await page.getByRole("navigation").getByRole("link", { name: "Shoots" }).click();
  await page.getByRole("heading", { name: "Photoshoots", level: 1 }).waitFor();
  const entries = page.getByRole("main").getByRole("listitem");
  assert.equal(await entries.count(), 10);
  await entries.first().getByRole("link").click();
  await scenes(page).first().waitFor();
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByRole("textbox", { name: "Outfit" }).first().fill(outfit);
  await page.getByRole("button", { name: "Choose none" }).click();
  for (let place = 0; place < count; place += 1) await scenes(page).nth(place).check();
  await page.getByRole("button", { name: /^Make th/ }).waitFor();
  return title;
}

describe("photoshoots", () => {
  let person;
  before(async () => (person = await studio.person({ name: "Posed" })));

  test("chosen shots are made as previewed and are one turn of the conversation", async () => {
    const { page, finish } = await visitor({ person });
    const title = await toShoot(page, 3, OUTFIT);
    await page.getByRole("textbox", { name: "First seed" }).fill("5000");
    await page.getByText("The prompt of").first().click();
    const shown = (
      await page.locator("[data-prompt]").evaluateAll((prompts) => prompts.map((prompt) => prompt.textContent))
    ).slice(0, 3);
    assert.ok(
      shown.every((prompt) => prompt.includes(OUTFIT)),
      "one outfit in all of them",
    );
    assert.deepEqual(await creates(OUTFIT), [], "nothing is sent before");
    await page.getByText("3 pictures. Your studio sets you no limit.").waitFor();

    await make(page).click();
    await page.waitForURL(/\/series\//);
    await says(page, "All 3 are made.");
    await frames(page).nth(2).waitFor();
    const sent = await creates(OUTFIT);
    assert.deepEqual(
      sent.map(({ prompt }) => prompt),
      shown,
      "the prompts, to the letter",
    );
    assert.deepEqual(
      sent.map(({ seed }) => seed),
      [5000, 5001, 5002],
    );
    await page.getByRole("navigation").getByRole("link", { name: "Studio" }).click();
    const turn = page.getByRole("article", { name: `Series: ${title}` });
    await turn.getByText("All 3 are made.").waitFor();
    assert.equal(await page.getByRole("article").count(), 1, "one turn for the whole shoot");
    await page.getByRole("navigation").getByRole("link", { name: "Gallery" }).click();
    assert.equal(await page.getByRole("main").getByRole("list").getByRole("img").count(), 3);
    await finish(SIGNED_OUT);
  });

  test("a shoot goes on while the browser is closed, and another one finds it finished", async () => {
    const { page, finish } = await visitor({ person });
    const outfit = "mustard raincoat";
    await toShoot(page, 5, outfit);
    await make(page).click();
    await page.waitForURL(/\/series\//);
    const address = new URL(page.url()).pathname;
    await finish(SIGNED_OUT);
    const series = async () => (await person.client.get(`/api${address}`)).json;
    await until("the shoot ends", async () => (await series()).state === "succeeded", { seconds: 60, every: 250 });

    const other = await visitor({ person });
    await other.page.goto(address);
    await says(other.page, "All 5 are made.");
    assert.equal((await creates(outfit)).length, 5);
    await other.finish(SIGNED_OUT);
  });

  test("an answer that is lost makes nothing twice", async () => {
    const { page, finish } = await visitor({ person });
    const outfit = "violet velvet suit";
    await toShoot(page, 2, outfit);
    let posts = 0;
    await page.route("**/api/shoots", async (route) => {
      posts += 1;
      if (posts > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await make(page).click();
    await page.getByRole("alert").waitFor();
    await make(page).click();
    await says(page, "All 2 are made.");
    assert.equal((await creates(outfit)).length, 2);
    await finish(SIGNED_OUT, /ERR_FAILED/);
  });

  test("a shoot is paused, resumed, and a frame that failed is tried again", async () => {
    const { page, finish } = await visitor({ person });
    const outfit = "sea-green linen shirt";
    const fault = { kind: "failed", message: "out of memory" };
    await studio.standIn.fault(fault, { prompt: outfit, times: 1 });
    await studio.standIn.fault({ kind: "slow", factor: 8 }, { prompt: outfit, times: 4 });
    await toShoot(page, 6, outfit);
    await make(page).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Resume" }).waitFor();
    await page.getByText("Waits until you resume.").first().waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("button", { name: "Try again" }).click({ timeout: 60_000 });
    await says(page, "All 6 are made.");
    await finish(SIGNED_OUT);
  });

  test("a frame that fails twice is tried a third time", async () => {
    const { page, finish } = await visitor({ person });
    const outfit = "rust-red knitted vest";
    await studio.standIn.fault({ kind: "failed", message: "out of memory" }, { prompt: outfit, times: 2 });
    await toShoot(page, 1, outfit);
    await make(page).click();
    const again = page.getByRole("button", { name: "Try again" });
    await again.click({ timeout: 60_000 });
    await until("the second failure", async () => (await creates(outfit)).length === 2);
    await again.click({ timeout: 60_000 });
    await says(page, "All 1 are made.");
    assert.equal((await creates(outfit)).length, 3);

    await page.getByRole("button", { name: "Delete the series" }).click();
    const undo = page.getByRole("button", { name: "Undo" });
    await page.getByText("The series is in your bin.").first().waitFor();
    await page.getByRole("status").getByText("The series is in your bin.").waitFor({ state: "attached" });
    await until("the focus", () => undo.evaluate((button) => button === document.activeElement));
    const address = page.getByRole("link", { name: /^Open / });
    const before = await address.count();
    await undo.click();
    await until("the series is back", async () => (await address.count()) === before + 1);
    await finish(SIGNED_OUT);
  });

  test("a comparison is voted on blindly, and the preferred settings become a preset", async () => {
    const { page, finish } = await visitor({ person });
    const { client } = person;
    await page.goto("/compare");
    await page.getByRole("textbox", { name: "Describe one picture" }).fill("reading by the harbour");
    await page.getByRole("button", { name: "Make 2 pictures" }).click();
    const vote = page.getByRole("region", { name: "Which one looks more like you?" });
    await vote.waitFor({ timeout: 60_000 });
    assert.equal(await vote.getByText(/classic|likeness/i).count(), 0, "nothing tells which is which");
    await vote.getByRole("button", { name: "Picture 1" }).click();
    const words = await vote.getByText(/^You preferred (Classic|Likeness)\.$/).innerText();
    const name = vote.getByLabel("Keep its settings as your preset");
    for (const wanted of ["Harbour", "Harbour again"]) {
      await name.fill(wanted);
      await vote.getByRole("button", { name: "Save" }).click();
      await vote.getByText(`Saved as “${wanted}”.`).waitFor();
    }
    const { own } = (await client.get("/api/presets")).json;
    assert.deepEqual(
      own.map((preset) => [preset.name, preset.settings.preset]),
      ["Harbour", "Harbour again"].map((wanted) => [wanted, words.match(/Classic|Likeness/)[0].toLowerCase()]),
    );
    const preferences = (await client.get("/api/preferences")).json;
    assert.deepEqual([preferences.votes, preferences.blind], [1, 1]);
    await vote.getByRole("button", { name: "Go on" }).click();
    await frames(page).nth(1).waitFor();

    await page.getByRole("navigation").getByRole("link", { name: "Studio" }).click();
    await page.getByRole("button", { name: "Settings" }).click();
    const preferred = words.includes("Likeness") ? 1 : 0;
    await page.getByText(`Your votes: preferred in ${preferred} of 1, so between`).waitFor();
    await finish(SIGNED_OUT);
  });

  test("a comparison of two parameters says what it costs before it is made, and is a grid", async () => {
    const { page, finish } = await visitor({ person });
    const text = "reading by the lighthouse";
    await page.goto("/compare");
    await page.getByRole("textbox", { name: "Describe one picture" }).fill(text);
    await page.getByLabel("Vary", { exact: true }).selectOption({ label: "Guidance" });
    await page.getByLabel("Also vary").selectOption({ label: "Steps" });
    await page.getByLabel("Guidance: values").fill("2, 3, plenty");
    await page.getByText("Guidance takes a number.").waitFor();
    await page.getByLabel("Guidance: values").fill("2, 3, 4");
    await page.getByLabel("Steps: values").fill("4, 5");
    await page.getByText("6 pictures. Your studio sets you no limit.").waitFor();
    await page.getByText(/^27 steps in all/).waitFor();
    assert.deepEqual(await creates(text), [], "nothing is sent before");

    await page.getByRole("button", { name: "Make 6 pictures" }).click();
    await page.getByRole("heading", { name: "Guidance: 2, 3, 4; Steps: 4, 5" }).waitFor();
    const cells = page.getByRole("main").getByRole("list").getByRole("listitem");
    await cells.nth(5).waitFor();
    const at = async (place) => Math.round((await cells.nth(place).boundingBox()).x);
    assert.deepEqual([await at(3), await at(4), await at(5)], [await at(0), await at(1), await at(2)]);
    assert.match(await cells.nth(4).innerText(), /3, 5$/);
    const vote = page.getByRole("region", { name: "Which one looks more like you?" });
    await vote.waitFor({ timeout: 60_000 });
    assert.equal((await creates(text)).length, 6);
    await vote.getByRole("button", { name: "Show all pictures" }).click();
    await frames(page).nth(5).waitFor();
    await page.getByText("4, 5", { exact: true }).waitFor();
    await finish(SIGNED_OUT, /422 .*dry_run/);
  });

  test("an allowance that is too small is shown before anything is sent", async () => {
    const { page, finish } = await visitor({ person });
    await page.route("**/api/me", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        json: { ...(await answer.json()), allowance: { granted: 2, used: 0, reserved: 0 } },
      });
    });
    await page.reload();
    await toShoot(page, 3, "plain white shirt");
    await page.getByText("3 pictures, but your allowance covers 2 more.").waitFor();
    assert.ok(await make(page).isDisabled());
    await scenes(page).nth(2).uncheck();
    assert.ok(await make(page).isEnabled());
    await finish(SIGNED_OUT);
  });

  test("an unknown photoshoot is not found", async () => {
    const { page, finish } = await visitor({ person });
    await page.goto("/shoots/nothing-here");
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
    await finish(SIGNED_OUT);
  });
});
