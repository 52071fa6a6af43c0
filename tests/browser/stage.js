// The studio and browser that the files of this suite share, and pages whose problems are recorded.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { Studio } from "../harness/studio.js";
import { link } from "../harness/tokens.js";

/** @type {Studio} */
export let studio;
/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  studio = await Studio.start({ speed: 10 });
  browser = await chromium.launch({
    executablePath: process.env.CHROME || undefined,
    // Chrome refuses to start with its sandbox as root, which is what containers run as.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
});
after(async () => {
  await browser?.close();
  await studio?.stop();
});

/**
 * A fresh browser window whose failed requests, errors and policy violations are recorded. `plain`: for a person who
 * writes prompts without Maya.
 */
export async function open({ width = 1440, height = 900, scheme = "light", plain = false, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
    acceptDownloads: true,
    baseURL: studio.origin,
    ...options,
  });
  if (plain)
    await context.addInitScript(() => {
      // A new window begins with an empty document, which has no storage.
      if (location.protocol.startsWith("http")) localStorage.setItem("selfsame.maya", "off");
    });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems = [];
  const watch = (one) => {
    one.on("console", (message) => {
      if (message.type() !== "error" && !/Content Security Policy/i.test(message.text())) return;
      problems.push(`${message.text()} (${message.location().url})`);
    });
    one.on("pageerror", (error) => problems.push(String(error)));
    one.on("request", (request) => {
      const url = request.url();
      if (!/^(data|blob):/.test(url) && new URL(url).origin !== studio.origin)
        problems.push(`asked another host: ${url}`);
    });
    one.on("websocket", (socket) => {
      if (new URL(socket.url()).host !== new URL(studio.origin).host)
        problems.push(`socket to another host: ${socket.url()}`);
    });
  };
  watch(page);
  context.on("page", watch);
  /** Closes the window and asserts that nothing but `allowed` went wrong. */
  const finish = async (...allowed) => {
    await context.close();
    const left = problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)));
    assert.deepEqual(left, []);
  };
  return { page, context, finish, problems };
}

/** The page learns from a 401 that nobody is signed in, and the console reports it. */
export const SIGNED_OUT = /401 .*\/api\/me\b/;

/** Opens a sign-in link and presses its one button. */
export async function enter(page, user, options) {
  await page.goto(`/sign-in#${link(user, options)}`);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/**
 * A person with a model, signed in in a new window. `person` reuses an existing one, because the stand-in has few
 * models. `prepare` runs on the window first. `conversation`: "new" for one that the window shows at first, "none" for a
 * person who has none yet, and "last" for the one that was last active.
 */
export async function visitor({ name = "Ada", person: known, prepare, conversation = "new", ...options } = {}) {
  const person = known ?? (await studio.person({ name }));
  if (conversation === "new") person.session = await begin(person.client);
  const stage = await open(options);
  await prepare?.(stage);
  await enter(stage.page, person.id);
  // Words that are written before the conversation has loaded begin another one.
  if (conversation === "new") await title(stage.page, "A conversation").waitFor();
  return { ...stage, person };
}

/** Begins a conversation without the page. */
export async function begin(client) {
  const headers = { "idempotency-key": crypto.randomUUID() };
  const answer = await client.post("/api/sessions", { title: "A conversation" }, { headers });
  assert.equal(answer.status, 201, answer.text);
  return answer.json.id;
}

/** The open conversation's title. */
export const title = (page, text) => page.locator(".conversation-title").getByText(text, { exact: true });

/** Holds back the full module in `context`. Call the returned function to release it. */
export async function holdTools(context) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route(/selfsame_wasm_bg.*\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

let ida;
/** A new window of the person shared by tests that need nobody of their own. */
export async function guest(options = {}) {
  ida ??= studio.person({ name: "Ida" });
  const stage = await visitor({ person: await ida, ...options });
  await words(stage.page).waitFor();
  return stage;
}

/** The composer's field. */
export const words = (page) => page.getByRole("textbox", { name: "Describe the picture" });
export const generate = (page) => page.getByRole("button", { name: "Generate" });
/** Waits until Generate can be pressed. */
export const ready = (page) => page.getByRole("button", { name: "Generate", disabled: false }).waitFor();
/** The preview pane. */
export const preview = (page) => page.getByRole("complementary", { name: "What will be sent" });
/** The turn of the conversation that asked for `text`. */
export const turn = (page, text) => page.getByRole("article", { name: `Request: ${text}` });

/** Makes pictures in the person's conversation through the API, without the page. */
export async function made(person, text, rest = {}) {
  const { model, session } = person;
  const answer = await person.client.generate({ model, text, ...(session !== undefined && { session }), ...rest });
  assert.equal(answer.status, 202, answer.text);
  return person.client.finished(answer.json.id, 60);
}

/** The exact request that the page shows. */
export async function shownInput(page) {
  await preview(page).locator("[data-input]").waitFor({ state: "attached" });
  return JSON.parse(
    await preview(page)
      .locator("[data-input]")
      .evaluate((element) => element.textContent),
  );
}

/** The list of remarks. */
export const remarks = (page) => page.getByRole("list", { name: "Before you generate" }).getByRole("listitem");

/** Pastes as a person does. */
export async function paste(page, text) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await words(page).focus();
  await page.keyboard.press("ControlOrMeta+V");
}
