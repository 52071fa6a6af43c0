import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { until } from "../harness/until.js";
import { enter, made, open, SIGNED_OUT, studio, turn, visitor, words } from "./stage.js";

const section = (page, name) => page.getByRole("region", { name });
const menu = (page) => page.getByRole("button", { name: /Account of/ });

/** Makes the page believe that the studio sends links by e-mail. */
async function offerLinks(page) {
  await page.route("**/api/health", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), links_by_email: true } });
  });
}

describe("the account", () => {
  test("shows where the person is signed in, and signs other browsers out", async () => {
    const { page, person, finish } = await visitor({ name: "Many Browsers" });
    const second = await studio.signIn(person.id);
    const third = await studio.signIn(person.id);
    await menu(page).click();
    await page.getByRole("link", { name: "Your account" }).click();
    const signIns = section(page, "Where you are signed in");
    const entries = signIns.getByRole("listitem");
    await until("four browsers", async () => (await entries.count()) === 4);
    await entries.filter({ hasText: "This browser" }).filter({ hasText: "Chrome on Linux" }).waitFor();

    // The last seen come first, and this browser was seen last or just before.
    await entries
      .filter({ hasNotText: "This browser" })
      .first()
      .getByRole("button", { name: /^Sign out/ })
      .click();
    await until("one browser less", async () => (await entries.count()) === 3);
    const statuses = async () => [
      (await person.client.get("/api/me")).status,
      (await second.get("/api/me")).status,
      (await third.get("/api/me")).status,
    ];
    assert.deepEqual((await statuses()).toSorted(), [200, 200, 401]);

    await signIns.getByRole("button", { name: "Sign out all others" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign out all others" }).click();
    await until("this browser alone", async () => (await entries.count()) === 1);
    assert.deepEqual(await statuses(), [401, 401, 401]);
    await page.reload();
    await entries.filter({ hasText: "This browser" }).waitFor();
    await finish(SIGNED_OUT);
  });

  test("tells of a new sign-in while the page is open, and ends it", async () => {
    const { page, person, finish } = await visitor({ name: "Told" });
    await menu(page).click();
    await page.getByRole("button", { name: "Yes" }).click();
    await page.getByRole("button", { name: "Account of Told", exact: true }).waitFor();
    await page.keyboard.press("Escape");
    const stranger = await studio.signIn(person.id);
    await page.getByRole("status").getByText("Somebody has just signed in").waitFor();
    await page.getByRole("button", { name: /New sign-in/ }).click();
    const question = section(page, "A new sign-in. Was that you?");
    await question.getByRole("button", { name: "Not me: sign it out" }).click();
    await question.waitFor({ state: "detached" });
    assert.equal((await stranger.get("/api/me")).status, 401);
    await page.reload();
    await page.getByRole("button", { name: "Account of Told", exact: true }).waitFor();
    await finish(SIGNED_OUT);
  });

  test("has a section at each address, and the back button leads through them", async () => {
    const { page, finish } = await visitor({ name: "Reader" });
    await page.goto("/account");
    const sections = page.getByRole("navigation", { name: "Your account" });
    await sections.getByRole("link", { name: "Activity" }).click();
    const activity = section(page, "What happened to your account");
    await activity.getByText("Your studio made a sign-in link for you.").waitFor();
    await activity.getByText("You signed in.").first().waitFor();
    await sections.getByRole("link", { name: "Models" }).click();
    await section(page, "Your models").getByRole("listitem").waitFor();
    assert.equal(new URL(page.url()).pathname, "/account/models");
    await page.goBack();
    await activity.waitFor();
    await page.goBack();
    await section(page, "Where you are signed in").waitFor();
    await page.goto("/account/no-such-section");
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
    await finish(SIGNED_OUT);
  });

  test("shows where the allowance went, and asks the studio for more", async () => {
    const person = await studio.person({ name: "Asking", allowance: 3 });
    await made(person, "one of three", { pictures: 2, overrides: { steps: 4 } });
    const { page, finish } = await visitor({ person, plain: true });
    await page.goto("/account/allowance");
    const allowance = section(page, "Your allowance");
    await allowance.getByText("You may make 1 more picture.").waitFor();
    await allowance
      .getByRole("listitem")
      .filter({ hasText: "2 pictures used." })
      .getByText(/1 picture left/)
      .waitFor();
    await allowance.getByRole("textbox").fill("for the wedding");
    await allowance.getByRole("button", { name: "Ask for more" }).click();
    await allowance.getByText("Your studio has not answered yet.").waitFor();

    const operator = await open();
    await enter(operator.page, "studio", { role: "operator" });
    const asked = operator.page.getByRole("listitem").filter({ hasText: "for the wedding" });
    await asked.getByRole("link", { name: person.id }).click();
    const form = operator.page.getByRole("form", { name: "Change the allowance" });
    await form.getByLabel("Pictures", { exact: true }).fill("5");
    await form.getByRole("button", { name: "Change the allowance" }).click();
    await section(operator.page, "Allowance").getByText("6 pictures left of 8.").waitFor();
    await form.getByRole("radio", { name: "Top up each month" }).check({ force: true });
    await form.getByLabel("Pictures", { exact: true }).fill("10");
    await form.getByRole("button", { name: "Change the allowance" }).click();
    await section(operator.page, "Allowance")
      .getByText(/Topped up to 10 on/)
      .waitFor();
    await form.getByRole("button", { name: "End the monthly top-up" }).click();
    await form.getByRole("button", { name: "End the monthly top-up" }).waitFor({ state: "detached" });
    await operator.page.goto("/operator");
    await operator.page.getByRole("link", { name: "Asking" }).first().waitFor();
    await asked.waitFor({ state: "detached" });
    await operator.finish(SIGNED_OUT);

    await page.reload();
    await allowance.getByText("You may make 10 more pictures.").waitFor();
    await allowance.getByText("5 pictures added to your allowance.").waitFor();
    await finish(SIGNED_OUT);
  });

  test("shows the e-mail address for new links, where the studio sends any", async () => {
    const { page, person, finish } = await visitor({ name: "Mailed" });
    await page.goto("/account");
    await section(page, "Where you are signed in").getByText("This browser").waitFor();
    assert.equal(await section(page, "E-mail for new links").count(), 0);

    const operator = await studio.operator();
    await operator.request("PUT", `/api/operator/people/${person.id}/email`, { json: { email: "mailed@example.com" } });
    await offerLinks(page);
    await page.reload();
    const email = section(page, "E-mail for new links");
    await email.getByText("mailed@example.com").waitFor();
    await email.getByRole("button", { name: "Remove" }).click();
    await email.getByText("None is set").waitFor();
    assert.equal((await operator.get(`/api/operator/people/${person.id}`)).json.email ?? null, null);
    await finish(SIGNED_OUT);
  });

  test("asks for a new link by e-mail, where the studio sends any", async () => {
    const { page, finish } = await open();
    await offerLinks(page);
    const asked = [];
    await page.route("**/api/sign-in-links", async (route) => {
      asked.push(route.request().postDataJSON());
      await route.fulfill({ status: 202, headers: {} });
    });
    await page.goto("/");
    await page.getByRole("button", { name: "Send me a new link" }).click();
    await page.getByLabel("Your e-mail address").fill("ada@example.com");
    await page.getByRole("button", { name: "Send me a new link" }).click();
    await page.getByRole("main").getByText("A link is on its way, if your studio knows this address.").waitFor();
    assert.deepEqual(asked, [{ email: "ada@example.com" }]);
    await finish(SIGNED_OUT);
  });

  test("has a bin: what was deleted can be brought back, or deleted for good", async () => {
    const { page, person, finish } = await visitor({ name: "Tidy", plain: true });
    const kept = await made(person, "brought back from the bin", { pictures: 2, overrides: { steps: 4 } });
    const [one, two] = kept.pictures;
    const gone = await made(person, "a request nobody needs", { overrides: { steps: 4 } });
    await person.client.delete(`/api/pictures/${one.id}`);
    await turn(page, "a request nobody needs").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Undo" }).waitFor();
    await page.goto("/account/bin");
    const bin = section(page, "Your bin");
    const entries = bin.getByRole("listitem");
    const picture = entries.filter({ hasText: "brought back from the bin" });
    const request = entries.filter({ hasText: "a request nobody needs" });
    await picture.getByText(/^One picture, deleted .* Gone in 30 days\.$/).waitFor();
    await request.getByText(/^A request with 1 picture/).waitFor();

    await picture.getByRole("button", { name: "Bring back" }).click();
    await picture.waitFor({ state: "detached" });
    const back = (await person.client.get(`/api/generations/${kept.id}`)).json.pictures;
    assert.deepEqual(
      back.map(({ id }) => id),
      [one.id, two.id],
    );
    await request.getByRole("button", { name: "Delete now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
    await bin.getByText("Nothing is waiting here.").waitFor();
    assert.equal((await person.client.post(`/api/bin/${gone.id}/restore`)).status, 404);

    // Another page of the person's changes the bin while this one shows it.
    await person.client.delete(`/api/pictures/${two.id}`);
    await picture.waitFor();
    await finish(SIGNED_OUT);
  });

  test("hands everything over as one archive", async () => {
    const { page, person, finish } = await visitor({ name: "Leaver" });
    await made(person, "to take along", { overrides: { steps: 4 } });
    await page.goto("/account/data");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download everything" }).click();
    const archive = await download;
    assert.match(archive.suggestedFilename(), /^selfsame-.*\.tar$/);
    assert.match(readFileSync(await archive.path(), "latin1"), /to take along/);
    await finish(SIGNED_OUT);
  });

  test("can be deleted for good, and leaves a receipt that anybody with its address can read", async () => {
    const { page, person, context, finish } = await visitor({ name: "Gone Soon", plain: true });
    await made(person, "the last picture", { overrides: { steps: 4 } });
    await words(page).fill("a draft that must not stay");
    await page.goto("/account/data");
    const leave = section(page, "Delete my account");
    await leave.getByRole("button", { name: "Delete my account" }).click();
    const dialog = page.getByRole("dialog");
    const confirm = dialog.getByRole("button", { name: "Delete for good" });
    await dialog.getByLabel(/To confirm, type Gone Soon/).fill("Gone");
    assert.ok(await confirm.isDisabled());
    await dialog.getByLabel(/To confirm, type Gone Soon/).fill("Gone Soon");
    await confirm.click();
    await page.getByRole("heading", { name: "The account is deleted" }).waitFor();
    await page.getByText(/1 request, 1 picture, 1 model/).waitFor();
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["selfsame.maya"]);
    assert.equal((await person.client.get("/api/me")).status, 401);
    const receipt = page.url();
    await page.goto("/");
    await page.getByText("open the link your studio sent you").waitFor();
    const other = await context.newPage();
    await other.goto(receipt);
    await other.getByRole("heading", { name: "The account is deleted" }).waitFor();
    await finish(SIGNED_OUT);
  });

  test("of an operator has no models", async () => {
    const { page, finish } = await open();
    await enter(page, "studio", { role: "operator" });
    await page.goto("/account");
    await section(page, "Where you are signed in").getByText("This browser").waitFor();
    assert.equal(await page.getByRole("link", { name: "Models" }).count(), 0);
    await finish(SIGNED_OUT);
  });
});
