import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enter, made, open, SIGNED_OUT, studio } from "./stage.js";

/** A new window of an operator. */
async function operator(user = "studio") {
  const stage = await open();
  await enter(stage.page, user, { role: "operator" });
  return stage;
}

const dialog = (page) => page.getByRole("dialog");

describe("the operator's page", () => {
  test("shows people and no picture or prompt", async () => {
    const person = await studio.person({ name: "Watched" });
    await made(person, "nobody else may read this", { overrides: { steps: 4 } });
    const { page, finish } = await operator();
    await page.getByRole("link", { name: "Watched" }).click();
    await page.getByRole("heading", { name: "Watched" }).waitFor();
    assert.equal(await page.locator("main img").count(), 0);
    assert.doesNotMatch(await page.locator("body").innerText(), /nobody else may read this/);
    await finish(SIGNED_OUT);
  });

  test("creates a person, and makes a link that works until it is canceled", async () => {
    const { page, finish } = await operator();
    await page.getByRole("button", { name: "Create a person" }).click();
    await page.getByLabel("Name").fill("Newly Made");
    await page.getByLabel("Allowance in pictures").fill("3");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("heading", { name: "Newly Made" }).waitFor();
    const mint = async () => {
      await page.getByRole("button", { name: "Make a sign-in link" }).click();
      const url = await page.getByLabel(/Give this to Newly Made/).inputValue();
      return new URL(url).hash.slice(1);
    };
    assert.equal((await studio.anonymous().signIn(await mint())).status, 200);

    const unused = await mint();
    await page.getByRole("button", { name: "Cancel unused links" }).click();
    await dialog(page).getByRole("button", { name: "Cancel the links" }).click();
    await dialog(page).waitFor({ state: "detached" });
    assert.equal((await studio.anonymous().signIn(unused)).status, 401);
    await finish(SIGNED_OUT);
  });

  test("suspends and reinstates a person, and the log tells of it", async () => {
    const { id } = await studio.create({ name: "Paused" });
    const client = await studio.signIn(id);
    const { page, finish } = await operator();
    await page.goto(`/operator/people/${id}`);
    await page.getByRole("button", { name: "Suspend" }).click();
    await dialog(page).getByRole("button", { name: "Suspend" }).click();
    await page.getByRole("button", { name: "Reinstate" }).waitFor();
    assert.equal((await client.get("/api/me")).json.error.code, "suspended");
    await page.getByRole("button", { name: "Reinstate" }).click();
    await page.getByRole("button", { name: "Suspend" }).waitFor();
    await page.getByRole("link", { name: "What was done to them" }).click();
    const entries = page.getByRole("main").getByRole("listitem");
    await entries.first().waitFor();
    const sentences = (await entries.allInnerTexts()).map((text) => text.split("\n")[0]);
    const done = ["reinstated", "suspended", "made a sign-in link for", "created"];
    assert.deepEqual(
      sentences,
      done.map((action) => `studio ${action} ${id}`),
    );
    await finish(SIGNED_OUT);
  });

  test("deletes a person for good, once their id was typed", async () => {
    const { id } = await studio.create({ name: "Deleted" });
    const { page, finish } = await operator();
    await page.goto(`/operator/people/${id}`);
    await page.getByRole("button", { name: "Delete for good" }).click();
    const confirm = dialog(page).getByRole("button", { name: "Delete for good" });
    assert.ok(await confirm.isDisabled());
    await dialog(page).getByLabel(`To confirm, type ${id}`).fill(id);
    await confirm.click();
    await page.getByRole("heading", { name: "The account is deleted" }).waitFor();
    await page.getByRole("link", { name: "People" }).click();
    await page.getByRole("heading", { name: "People" }).waitFor();
    await page.getByRole("link", { name: "studio", exact: true }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Deleted", exact: true }).count(), 0);
    await finish(SIGNED_OUT);
  });

  test("binds a model with consent, and finds every way back from it", async () => {
    const ada = await studio.create({ name: "Rightful" });
    const ben = await studio.create({ name: "Mistaken" });
    const { provider: _, consent: __, owner, name, version, trigger } = await studio.binding();
    const { page, finish } = await operator();
    const models = page.getByRole("region", { name: "Models" });
    const entry = models.getByRole("listitem").filter({ hasText: name });
    const attest = async (form) => {
      await form.getByRole("radio", { name: /has agreed/ }).check();
      await form.getByLabel("Attested by").fill("Ada Lovelace");
    };
    await page.goto(`/operator/people/${ben.id}`);
    await page.getByRole("button", { name: "Bind a model" }).click();
    const bind = page.getByRole("form", { name: "Bind a model to Mistaken" });
    await bind.getByLabel("Model", { exact: true }).fill(`${owner}/${name}`);
    await bind.getByLabel("Version").fill(version);
    await bind.getByLabel("Trigger word").fill(trigger);
    await bind.getByLabel("Class word").fill("woman");
    await attest(bind);
    await bind.getByRole("button", { name: "Bind" }).click();
    await entry.getByText(/has agreed.*Attested by Ada Lovelace/).waitFor();

    await entry.getByRole("button", { name: "Give to somebody else" }).click();
    const transfer = page.getByRole("form", { name: /to somebody else/ });
    await transfer.getByLabel("Whose it is to be").fill(ada.id);
    await attest(transfer);
    await transfer.getByRole("button", { name: "Give it to them" }).click();
    await entry.getByText("unbound", { exact: true }).waitFor();

    await page.goto(`/operator/people/${ada.id}`);
    await entry.getByRole("button", { name: "Retire" }).click();
    await dialog(page).getByRole("button", { name: "Retire" }).click();
    await entry.getByText("retired", { exact: true }).waitFor();
    const client = await studio.signIn(ada.id);
    assert.deepEqual(
      (await client.get("/api/models")).json.models.map(({ state }) => state),
      ["retired"],
    );
    await entry.getByRole("button", { name: "Unbind" }).click();
    await dialog(page).getByRole("radio", { name: "Cancel them" }).check({ force: true });
    await dialog(page).getByRole("button", { name: "Unbind" }).click();
    await entry.getByText("unbound", { exact: true }).waitFor();

    await entry.getByRole("button", { name: "Bind again" }).click();
    const again = page.getByRole("form", { name: "Bind a model to Rightful" });
    assert.equal(await again.getByLabel("Version").inputValue(), version);
    await again.getByLabel("Trigger word").fill(trigger);
    await again.getByLabel("Class word").fill("woman");
    await attest(again);
    await again.getByRole("button", { name: "Bind" }).click();
    await entry.getByRole("button", { name: "Retire" }).waitFor();
    assert.deepEqual(
      (await client.get("/api/models")).json.models.map(({ state, consent }) => [state, consent.by]),
      [["active", "Ada Lovelace"]],
    );
    await finish(SIGNED_OUT);
  });

  test("finishes or removes somebody who was created half-way", async () => {
    const { page, finish } = await operator();
    const person = { id: "half-made", name: "Half Made", role: "person", status: "creating", models: [] };
    let removed = false;
    await page.route("**/api/operator/people", async (route) => {
      if (route.request().method() !== "GET") return route.continue();
      const people = removed ? [] : [{ ...person, created_at: new Date().toISOString() }];
      await route.fulfill({ json: { people, next_cursor: null } });
    });
    await page.route("**/api/operator/people/half-made", async (route) => {
      if (route.request().method() !== "DELETE") return route.continue();
      removed = true;
      await route.fulfill({ status: 204 });
    });
    await page.reload();
    const entry = page.getByRole("listitem").filter({ hasText: "created half-way" });
    await entry.getByRole("button", { name: "Finish" }).click();
    const form = page.getByRole("form", { name: "Finish creating Half Made" });
    assert.equal(await form.getByLabel(/^Id in your own product/).inputValue(), "half-made");
    await form.getByRole("button", { name: "Not now" }).click();
    await entry.getByRole("button", { name: "Remove" }).click();
    await entry.waitFor({ state: "detached" });
    await finish(SIGNED_OUT);
  });

  test("lets a second operator approve an operator's link", async () => {
    const first = await operator("first-operator");
    const second = await operator("second-operator");
    const ask = async () => {
      await first.page.goto("/operator/people/second-operator");
      await first.page.getByRole("button", { name: "Ask for a sign-in link" }).click();
      await first.page.getByText("Another operator has to approve this").waitFor();
      await first.page.getByRole("link", { name: "All people" }).click();
    };
    const waiting = (page) => page.getByRole("listitem").filter({ hasText: "for the operator second-operator" });
    await ask();
    await waiting(first.page).getByRole("button", { name: "Withdraw" }).waitFor();
    assert.equal(await waiting(first.page).getByRole("button", { name: "Approve" }).count(), 0);

    await second.page.reload();
    await waiting(second.page).getByRole("button", { name: "Decline" }).click();
    await waiting(second.page).waitFor({ state: "detached" });
    await ask();
    await second.page.reload();
    await waiting(second.page).getByRole("button", { name: "Approve" }).click();
    const url = await second.page.getByLabel(/Give this to second-operator/).inputValue();
    assert.equal((await studio.anonymous().signIn(new URL(url).hash.slice(1))).status, 200);
    await first.finish(SIGNED_OUT);
    await second.finish(SIGNED_OUT);
  });
});
