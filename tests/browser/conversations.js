import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { until } from "../harness/until.js";
import { generate, made, ready, SIGNED_OUT, studio, turn, visitor, words } from "./stage.js";

/** The words of the person's turns, in order. */
const saidIn = (page) => page.getByRole("log").locator(".said-words").allInnerTexts();

const says = async (page, text) => {
  await words(page).fill(text);
  await words(page).press("Enter");
  await page.getByRole("log").getByText(text, { exact: true }).waitFor();
};

/** Waits until the page has the draft that the studio has. */
const sameDraft = (person, page) =>
  until("the draft to be the same", async () => {
    const text = await page.evaluate((user) => localStorage.getItem(`selfsame.draft.${user}`), person.id);
    const { session, base, changed } = JSON.parse(text);
    const { draft } = (await person.client.get(`/api/sessions/${session}`)).json;
    return !changed && base === (draft?.version ?? 0);
  });

const chip = (page, name) =>
  page.getByRole("region", { name: "The picture so far" }).getByRole("button", { name, exact: true });

const entry = (page, title) =>
  page.getByRole("listitem").filter({ has: page.getByRole("link", { name: title, exact: true }) });

describe("conversations", () => {
  let person;
  before(async () => {
    person = await studio.person({ name: "Talker" });
  });

  test("begin with the first words, and are the same in another browser", async () => {
    const here = await visitor({ person, conversation: "none" });
    await here.page.getByRole("heading", { name: "What should the picture show, Talker?" }).waitFor();
    await says(here.page, "me in a boatyard, navy smock");
    await here.page.getByText("me in a boatyard, navy smock", { exact: true }).first().waitFor();

    const there = await visitor({ person, conversation: "last" });
    await there.page.getByRole("log").getByText("me in a boatyard, navy smock").waitFor();
    await chip(there.page, "navy smock").waitFor();
    assert.match(await there.page.locator(".conversation-title").innerText(), /^me in a boatyard/);

    // What is said in either is in both, in one order.
    await says(there.page, "closer");
    await here.page.getByRole("log").getByText("closer", { exact: true }).waitFor();
    await sameDraft(person, there.page);
    await sameDraft(person, here.page);
    await ready(here.page);
    await generate(here.page).click();
    await here.page.getByText("Here you are").waitFor();
    await there.page.getByText("Here you are").waitFor();
    const said = ["me in a boatyard, navy smock", "closer"];
    assert.deepEqual([await saidIn(here.page), await saidIn(there.page)], [said, said]);
    await here.page.reload();
    await here.page.getByText("Here you are").waitFor();
    assert.deepEqual(await saidIn(here.page), said);
    await here.finish(SIGNED_OUT);
    await there.finish(SIGNED_OUT);
  });

  test("two browsers that change one description ask which one stays", async () => {
    const here = await visitor({ person });
    const there = await visitor({ person, conversation: "last" });
    await words(here.page).fill("a straw hat");
    await until("the words to follow", async () => (await words(there.page).inputValue()) === "a straw hat");

    // The second browser hears nothing for a while.
    await there.context.setOffline(true);
    await words(there.page).fill("a straw hat and sandals");
    await words(here.page).fill("a felt hat");
    const id = person.session;
    const draft = async () => (await person.client.get(`/api/sessions/${id}`)).json.draft.content.said;
    await until("the draft to be saved", async () => (await draft()) === "a felt hat");
    await there.context.setOffline(false);
    const choice = there.page.getByRole("alert").filter({ hasText: "in another window" });
    await choice.getByText("“a felt hat”").waitFor();
    assert.equal(await draft(), "a felt hat");
    await choice.getByRole("button", { name: "This one" }).click();
    await until("the choice to be saved", async () => (await draft()) === "a straw hat and sandals");
    await until(
      "the choice to follow",
      async () => (await words(here.page).inputValue()) === "a straw hat and sandals",
    );
    await here.finish(SIGNED_OUT);
    await there.finish(SIGNED_OUT, /ERR_INTERNET_DISCONNECTED/, /409 .*\/api\/sessions/);
  });

  test("what is said while the studio cannot be reached is sent later, after a reload too", async () => {
    const { page, context, finish } = await visitor({ person });
    await words(page).waitFor();
    await context.route("**/api/sessions/*/turns", (route) => route.abort());
    await says(page, "a rowing boat");
    await page.getByText("The studio does not have your last words yet").waitFor();
    await page.reload();
    await page.getByRole("log").getByText("a rowing boat", { exact: true }).waitFor();
    const turns = async () => (await person.client.get(`/api/sessions/${person.session}`)).json.turns;
    assert.deepEqual(await turns(), []);
    await context.unroute("**/api/sessions/*/turns");
    await page.reload();
    await until("the words to arrive", async () => (await turns()).length === 1);
    assert.equal((await turns())[0].said, "a rowing boat");
    await page.getByText("The studio does not have your last words yet").waitFor({ state: "detached" });
    assert.deepEqual(await saidIn(page), ["a rowing boat"]);
    await finish(SIGNED_OUT, /ERR_FAILED/);
  });

  test("what a browser kept of conversations before the studio did is sent there", async () => {
    const generation = await made({ ...person, session: undefined }, "a lighthouse", { overrides: { steps: 4 } });
    const exchange = { id: "1", answer: "Gladly.", question: null, next: [] };
    const kept = [{ ...exchange, said: "a lighthouse at dawn", generation: generation.id }];
    const { page, finish } = await visitor({
      person,
      prepare: ({ context }) =>
        context.addInitScript(
          ([key, text]) => {
            if (location.protocol.startsWith("http") && localStorage.getItem("sent") === null) {
              localStorage.setItem(key, text);
              localStorage.setItem("sent", "yes");
            }
          },
          [`selfsame.talk.${person.id}`, JSON.stringify(kept)],
        ),
    });
    await until("the turn to arrive", async () => {
      const { sessions } = (await person.client.get("/api/sessions?q=lighthouse")).json;
      if (sessions.length === 0) return false;
      const { turns } = (await person.client.get(`/api/sessions/${sessions[0].id}`)).json;
      return turns.some((one) => one.said === "a lighthouse at dawn" && one.generation === generation.id);
    });
    await page.getByRole("log").getByText("a lighthouse at dawn").waitFor();
    await finish(SIGNED_OUT);
  });

  test("are found, named, pinned, deleted and brought back, and keep their words apart", async () => {
    const { page, finish } = await visitor({ person });
    await says(page, "a tin robot in a boatyard");
    await chip(page, "in a boatyard").waitFor();
    await page.getByRole("button", { name: "New", exact: true }).click();
    await page.getByRole("heading", { name: "What should the picture show, Talker?" }).waitFor();
    assert.equal(await chip(page, "in a boatyard").count(), 0);
    await says(page, "a paper boat");
    await page.getByRole("link", { name: "All conversations" }).click();
    await page.getByLabel("Search what was said").fill("tin robot");
    await entry(page, "a paper boat").waitFor({ state: "detached" });
    const robot = entry(page, "A conversation");
    await robot.getByRole("button", { name: /^Pin / }).click();
    await robot.getByText("Pinned", { exact: true }).waitFor();
    await robot.getByRole("button", { name: /^Rename / }).click();
    await robot.getByLabel(/^New name for/).fill("Robots");
    await robot.getByLabel(/^New name for/).press("Enter");
    const robots = entry(page, "Robots");
    await robots.waitFor();
    await page.getByLabel("Search what was said").fill("");
    await entry(page, "a paper boat").waitFor();
    const first = page.getByRole("listitem").first();
    assert.match(await first.innerText(), /^Robots/);

    await entry(page, "a paper boat")
      .getByRole("button", { name: /^Delete / })
      .click();
    await page.getByText("The conversation is in your bin. Its pictures stay.").waitFor();
    await entry(page, "a paper boat").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await entry(page, "a paper boat").waitFor();

    await page.getByRole("link", { name: "Robots" }).click();
    await page.getByRole("log").getByText("a tin robot in a boatyard").waitFor();
    assert.deepEqual(await saidIn(page), ["a tin robot in a boatyard"]);
    await chip(page, "in a boatyard").waitFor();
    await finish(SIGNED_OUT);
  });

  test("a conversation that is deleted elsewhere leaves what is being written", async () => {
    const { page, finish } = await visitor({ person });
    await words(page).fill("half a sentence");
    const id = person.session;
    await until(
      "the draft to be saved",
      async () => (await person.client.get(`/api/sessions/${id}`)).json.draft !== null,
    );
    await person.client.delete(`/api/sessions/${id}`);
    await page.locator(".conversation-title").getByText("New conversation").waitFor();
    assert.equal(await words(page).inputValue(), "half a sentence");
    await words(page).fill("half a sentence, made whole");
    await ready(page);
    await generate(page).click();
    await page
      .getByRole("article", { name: /half a sentence, made whole/ })
      .getByText("Here you are")
      .waitFor();
    await finish(SIGNED_OUT);
  });

  test("show what is older on demand", async () => {
    const { page, finish } = await visitor({ person });
    for (let count = 1; count <= 22; count += 1)
      await made(person, `number ${count} of many`, { overrides: { steps: 1 } });
    await page.reload();
    await turn(page, "number 22 of many").waitFor();
    assert.equal(await turn(page, "number 1 of many").count(), 0);
    await page.getByRole("button", { name: "Show earlier" }).click();
    await turn(page, "number 1 of many").waitFor();
    await page.getByRole("button", { name: "Show earlier" }).waitFor({ state: "detached" });
    await finish(SIGNED_OUT);
  });
});
