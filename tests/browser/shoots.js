import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { until } from "../harness/until.js";
import { SIGNED_OUT, studio, visitor } from "./stage.js";

const OUTFIT = "bottle-green corduroy jacket";
const make = (page) => page.getByRole("button", { name: /^Make th/ });
const batch = (page, title) => page.getByRole("region", { name: `Batch: ${title}` });
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

  test("chosen shots are made as previewed and arrive in the conversation and the gallery", async () => {
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
    await batch(page, title).getByText("All 3 are made.").waitFor({ timeout: 60_000 });
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
    await page.getByRole("article").nth(2).getByRole("img").waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Gallery" }).click();
    assert.equal(await page.getByRole("main").getByRole("list").getByRole("img").count(), 3);
    await finish(SIGNED_OUT);
  });

  test("a refusal stops the batch, and the rest is sent on request, nothing twice", async () => {
    const { page, finish } = await visitor({ person });
    const outfit = "mustard raincoat";
    const title = await toShoot(page, 3, outfit);
    const keys = [];
    let refusals = 1;
    await page.route("**/api/generations", (route) => {
      if (route.request().method() !== "POST") return route.continue();
      keys.push(route.request().headers()["idempotency-key"]);
      if (keys.length !== 2 || refusals-- === 0) return route.continue();
      const error = {
        code: "allowance_exhausted",
        message: "Your allowance is used up for today.",
        request_id: "req_test",
      };
      return route.fulfill({ status: 402, json: { error } });
    });
    await make(page).click();
    const note = batch(page, title);
    await note.getByText("Your allowance is used up for today.").waitFor();
    await note.getByText("1 of 3 sent").waitFor();
    assert.equal((await creates(outfit)).length <= 1, true);
    await note.getByRole("button", { name: "Send the other 2" }).click();
    await note.getByText("All 3 are made.").waitFor({ timeout: 60_000 });
    assert.equal((await creates(outfit)).length, 3);
    assert.equal(new Set(keys).size, keys.length, "every attempt has a key of its own");
    await finish(SIGNED_OUT, /402 .*\/api\/generations/);
  });

  test("a reload during a batch loses nothing and pays for nothing twice", async () => {
    const { page, finish } = await visitor({ person });
    const outfit = "violet velvet suit";
    const title = await toShoot(page, 3, outfit);
    let posts = 0;
    await page.route("**/api/generations", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      posts += 1;
      if (posts !== 2) return route.continue();
      // The studio accepts the request, and the response is lost.
      await route.fetch();
      return route.abort();
    });
    await make(page).click();
    await batch(page, title).getByText("1 of 3 sent").waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Gallery" }).click();
    await batch(page, title).getByText("1 of 3 sent").waitFor();
    await page.reload();
    await batch(page, title).getByRole("button", { name: "Send the other 2" }).click();
    await batch(page, title).getByText("All 3 are made.").waitFor({ timeout: 60_000 });
    await until("three creates", async () => (await creates(outfit)).length === 3);
    assert.equal((await creates(outfit)).length, 3);
    await finish(SIGNED_OUT, /ERR_FAILED/);
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
