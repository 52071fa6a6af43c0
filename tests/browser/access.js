import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { link } from "../harness/tokens.js";
import { begin, enter, made, open, paste, preview, SIGNED_OUT, studio, words } from "./stage.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The id of a comparison to vote on. */
let comparison;

/** How to reach every screen from a signed-in page. */
const SCREENS = {
  studio: async (page) => {
    await page.goto("/");
    await page.getByRole("article").first().waitFor();
  },
  "studio with a preview": async (page) => {
    await page.goto("/");
    await words(page).fill("on a bridge at night");
    await preview(page).locator("[data-prompt]").waitFor();
    await preview(page).getByText("The exact request").click();
  },
  "studio with its settings": async (page) => {
    await page.goto("/");
    await words(page).fill("with every setting open");
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByText("Seed", { exact: true }).first().waitFor();
  },
  "choices in words": async (page) => {
    await page.goto("/");
    await words(page).fill("in a {red|green} coat, {Paris|Rome}");
    await preview(page).getByText("4 prompts").first().waitFor();
  },
  "cleaning up": async (page) => {
    await page.goto("/");
    await words(page).fill("");
    await paste(
      page,
      "a ((red coat)), <lora:detail:0.8>\nNegative prompt: blurry\nSteps: 30, Seed: 4242, Size: 832x1216",
    );
    await page.getByRole("button", { name: "Clean this up" }).click();
    await page.getByRole("dialog").locator(".diff").waitFor();
  },
  "talking to Maya": async (page) => {
    await page.goto("/");
    await words(page).fill("me on a rooftop in Lisbon, green wool coat, xyzzy, evening");
    await words(page).press("Enter");
    await page.getByRole("region", { name: "The picture so far" }).waitFor();
    await words(page).fill("make the coat red");
    await preview(page).locator("[data-prompt]").filter({ hasText: "red wool coat" }).waitFor();
  },
  conversations: async (page) => {
    await page.goto("/conversations");
    await page
      .getByRole("button", { name: /^Rename / })
      .first()
      .click();
    await page.getByLabel(/^New name for/).waitFor();
  },
  "what was sent": async (page) => {
    await page.goto("/");
    await page.getByText("What was sent").first().click();
  },
  account: async (page) => {
    await page.goto("/");
    await page.getByRole("button", { name: /Account of/ }).click();
  },
  "where one is signed in": async (page) => {
    await page.goto("/account");
    await page.getByText("This browser").waitFor();
  },
  "access log": async (page) => {
    await page.goto("/account/activity");
    await page.getByText("You signed in.").first().waitFor();
  },
  "one's allowance": async (page) => {
    await page.goto("/account/allowance");
    await page.getByRole("main").getByRole("listitem").first().waitFor();
  },
  "one's models": async (page) => {
    await page.goto("/account/models");
    await page.getByRole("main").getByRole("listitem").first().waitFor();
  },
  photoshoots: async (page) => {
    await page.goto("/shoots");
    await page.getByRole("main").getByRole("listitem").first().waitFor();
  },
  "one photoshoot": async (page) => {
    await SCREENS.photoshoots(page);
    await page.getByRole("main").getByRole("listitem").first().getByRole("link").click();
    await page.locator("summary").first().click();
  },
  comparing: async (page) => {
    await page.goto("/compare");
    await page.getByLabel("Describe one picture").fill("by the harbour");
    await page.getByLabel("Also vary").selectOption({ label: "Steps" });
    await page.getByLabel("Steps: values").fill("4, 4");
    await page.getByText("This axis has the same value twice").waitFor();
    await page.getByLabel("Steps: values").fill("4, 5");
    await page.getByText(/^4 pictures/).waitFor();
  },
  "a blind vote": async (page) => {
    await page.goto(`/series/${comparison}`);
    await page.getByRole("button", { name: "Picture 1" }).waitFor({ timeout: 60_000 });
  },
  gallery: async (page) => {
    await page.goto("/gallery");
    await page.getByRole("main").getByRole("img").first().waitFor();
  },
  picture: async (page) => {
    await SCREENS.gallery(page);
    await page.getByRole("main").getByRole("button", { name: /axe/ }).first().click();
    await page.getByRole("dialog").getByText("Recipe", { exact: true }).click();
  },
  "a picture's albums, and a link to it": async (page) => {
    await SCREENS.gallery(page);
    await page.getByRole("main").getByRole("button", { name: /axe/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Favourite, albums and preset").click();
    await dialog.getByLabel("Save its settings as a preset").waitFor();
    await dialog.getByRole("button", { name: "Share" }).click();
    await dialog.getByRole("button", { name: "Copy the link" }).waitFor();
  },
  "a picture's recipe, opened": async (page) => {
    await SCREENS.picture(page);
    const saved = page.waitForEvent("download");
    await page.getByRole("dialog").getByRole("button", { name: "Download with recipe" }).click();
    const file = await (await saved).path();
    await SCREENS.gallery(page);
    await page.getByRole("button", { name: "Open a picture’s recipe" }).click();
    await page.getByRole("dialog").locator("input[type=file]").setInputFiles(file);
    await page.getByRole("heading", { name: /made with your model/ }).waitFor();
  },
  "shared pictures": async (page) => {
    await page.goto("/account/data");
    await page
      .getByRole("button", { name: /^End the link/ })
      .first()
      .waitFor();
  },
  "a deleted picture": async (page) => {
    await SCREENS.gallery(page);
    await page.getByRole("main").getByRole("button", { name: /axe/ }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Undo" }).waitFor();
  },
  bin: async (page) => {
    await page.goto("/account/bin");
    await page.getByRole("button", { name: "Bring back" }).first().waitFor();
  },
  "deleting for good, asking": async (page) => {
    await SCREENS.bin(page);
    await page.getByRole("button", { name: "Delete now" }).first().click();
  },
  "one's data": async (page) => {
    await page.goto("/account/data");
    await page.getByRole("link", { name: "Download everything" }).waitFor();
  },
  "deleting the account, asking": async (page) => {
    await page.goto("/account/data");
    await page.getByRole("button", { name: "Delete my account" }).click();
  },
  "not found": async (page) => {
    await page.goto("/nothing-here");
    await page.getByRole("heading", { level: 1 }).waitFor();
  },
  "sign-in": (page) => page.goto(`/sign-in#${link("ada")}`),
};

/** The operator's, one after the other. */
const OPERATOR_SCREENS = {
  people: (page) => page.getByRole("link", { name: "Ada" }).first().waitFor(),
  "creating a person": (page) => page.getByRole("button", { name: "Create a person" }).click(),
  person: async (page) => {
    await page.getByRole("link", { name: "Ada" }).first().click();
    await page.getByRole("button", { name: "Make a sign-in link" }).click();
    await page.getByLabel(/Give this to/).waitFor();
  },
  "binding a model": (page) => page.getByRole("button", { name: "Bind a model" }).click(),
  "giving a model to somebody else": async (page) => {
    await page.getByRole("button", { name: "Not now" }).click();
    await page.getByRole("button", { name: "Give to somebody else" }).first().click();
  },
  "unbinding, asking": (page) => page.getByRole("button", { name: "Unbind" }).first().click(),
  "suspending, asking": async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Suspend" }).click();
  },
  enhancements: async (page) => {
    await page.goto("/operator/enhancements");
    await page
      .getByRole("button", { name: /^Change / })
      .first()
      .click();
    await page.getByLabel("Licence", { exact: true }).waitFor();
  },
  log: async (page) => {
    await page.goto("/operator/log");
    await page.getByRole("main").getByRole("listitem").first().waitFor();
  },
};

describe("every screen is accessible", () => {
  let person;
  before(async () => {
    person = await studio.person({ name: "Ada" });
    person.session = await begin(person.client);
    await made(person, "seen by axe", { pictures: 2, overrides: { steps: 4 } });
    const compared = await person.client.post(
      "/api/comparisons",
      {
        model: person.model,
        composition: { text: "compared by axe" },
        axes: [{ parameter: "steps", values: [4, 5] }],
      },
      { headers: { "idempotency-key": crypto.randomUUID() } },
    );
    assert.equal(compared.status, 202, compared.text);
    comparison = compared.json.id;
    const text = "refused, for axe";
    await studio.standIn.fault({ kind: "failed", message: "out of memory" }, { prompt: text });
    await made(person, text, { overrides: { steps: 4 } });
  });

  for (const scheme of ["light", "dark"]) {
    for (const width of [390, 1440]) {
      describe(`${scheme}, ${width} px`, () => {
        let stage;
        before(async () => {
          stage = await open({ width, height: width === 390 ? 844 : 900, scheme });
          await enter(stage.page, person.id);
        });
        after(async () => {
          for (const { id } of (await person.client.get("/api/bin")).json.entries)
            await person.client.post(`/api/bin/${id}/restore`);
          await stage.finish(SIGNED_OUT, /422 .*dry_run/);
        });
        for (const [name, go] of Object.entries(SCREENS)) {
          test(name, async () => {
            await go(stage.page);
            await check(stage.page);
          });
        }
      });

      test(`signed out and operator, ${scheme}, ${width} px`, async () => {
        const stage = await open({ width, scheme });
        await stage.page.goto("/");
        await stage.page.getByText("open the link your studio sent you").waitFor();
        await check(stage.page);
        await enter(stage.page, "studio", { role: "operator" });
        for (const go of Object.values(OPERATOR_SCREENS)) {
          await go(stage.page);
          await check(stage.page);
        }
        await stage.finish(SIGNED_OUT);
      });
    }
  }
});

async function check(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join("\n")}`,
  );
  assert.deepEqual(found, []);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `the page is ${overflow} px wider than the window`);
}
