import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link } from "../harness/tokens.js";
import { guest, made, open, ready, SIGNED_OUT, studio, turn, words } from "./stage.js";

describe("with a keyboard alone", () => {
  test("everything can be reached and used, with a visible focus", async () => {
    const person = await studio.person({ name: "Keys" });
    const { page, finish } = await open({ plain: true });
    const name = () =>
      page.evaluate(() => {
        const element = document.activeElement;
        return (
          element?.getAttribute("aria-label") ||
          element?.labels?.[0]?.textContent ||
          element?.textContent?.trim() ||
          element?.querySelector?.("img")?.alt ||
          ""
        );
      });
    /** Whether the focused element, or its surroundings, looks different from when it has no focus. */
    const visible = () =>
      page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement) || element === document.body || element.matches("main, h1, h2, dialog"))
          return true;
        const around = [
          element,
          element.nextElementSibling,
          element.parentElement,
          element.closest("label"),
          element.closest("form"),
        ];
        const looks = () =>
          around
            .filter(Boolean)
            .map((one) => {
              const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(one);
              return [outline, boxShadow, borderColor, backgroundColor].join();
            })
            .join(";");
        const focused = looks();
        element.blur();
        const blurred = looks();
        element.focus();
        return focused !== blurred;
      });
    /** Presses Tab until the focused element's name matches `wanted`. */
    const reach = async (wanted, key = "Tab") => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press(key);
        assert.ok(await visible(), `the focus on "${await name()}" cannot be seen`);
        if (wanted.test(await name())) return;
      }
      assert.fail(`${wanted} cannot be reached with ${key}; last was "${await name()}"`);
    };

    await page.goto(`/sign-in#${link(person.id)}`);
    await page.getByRole("button", { name: "Continue" }).waitFor();
    await reach(/^Continue$/);
    await page.keyboard.press("Enter");
    await words(page).waitFor();
    await reach(/Describe the picture/);
    await page.keyboard.type("typed on a keyboard");
    await ready(page);
    await page.keyboard.press("Control+Enter");
    await turn(page, "typed on a keyboard").getByText("Here you are.").waitFor();

    await reach(/^Gallery$/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Gallery" }).waitFor();
    await reach(/typed on a keyboard/);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    for (let presses = 0; presses < 25; presses += 1) {
      await page.keyboard.press("Tab");
      const inside = await page.evaluate(() => {
        const element = document.activeElement;
        return element === document.body || element?.closest("dialog, [role=dialog]") !== null;
      });
      assert.ok(inside, "the focus leaves an open dialog");
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.match(await name(), /typed on a keyboard/, "the focus returns to what opened the dialog");

    await page.keyboard.press("Enter");
    await reach(/^Delete$/);
    await page.keyboard.press("Enter");
    await page.getByText("Your pictures will hang here.").waitFor();
    // The focus is where the picture can be brought back.
    await page.locator(":focus", { hasText: /^Undo$/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /typed on a keyboard/ }).waitFor();
    await finish(SIGNED_OUT);
  });

  test("the composer never covers the focus, and a focus in the header does not scroll the page", async () => {
    const { page, person, finish } = await guest();
    for (const text of ["far above the composer", "above the composer", "beside the composer"])
      await made(person, text, { pictures: 2, overrides: { steps: 4 } });
    await turn(page, "beside the composer").getByRole("button", { name: "Use again" }).waitFor();
    const focus = () =>
      page.evaluate(() => {
        const element = document.activeElement;
        const { left, top, width, height } = element.getBoundingClientRect();
        const front = document.elementFromPoint(left + width / 2, top + height - 2);
        return {
          name: element.textContent || element.querySelector("img")?.alt,
          place: element.closest("header, .conversation")?.className ?? "",
          covered: !element.contains(front),
          scrolled: scrollY,
        };
      });
    await words(page).focus();
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press("Shift+Tab");
      const { name, place, covered } = await focus();
      assert.equal(place, "conversation", name);
      assert.ok(!covered, `"${name}" is covered`);
    }
    const { scrolled } = await focus();
    assert.ok(scrolled > 0, "the page is longer than the window");
    await page.getByRole("link", { name: "Selfsame" }).focus();
    for (let presses = 0; presses < 4; presses += 1) {
      await page.keyboard.press("Tab");
      const { name, place, scrolled: now } = await focus();
      assert.equal(place, "header", name);
      assert.equal(now, scrolled, `"${name}" scrolls the page`);
    }
    await finish(SIGNED_OUT);
  });

  test("progress is announced in one status line", async () => {
    const person = await studio.person({ name: "Heard" });
    const { page, finish } = await open();
    await page.goto(`/sign-in#${link(person.id)}`);
    await page.getByRole("button", { name: "Continue" }).click();
    await words(page).fill("heard by a screen reader");
    await ready(page);
    await page.evaluate(() => {
      const status = document.querySelector("[role=status]");
      globalThis.said = [];
      new MutationObserver(() => globalThis.said.push(status.textContent)).observe(status, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await page.keyboard.press("Control+Enter");
    await turn(page, "heard by a screen reader").getByText("Here you are.").waitFor();
    await page.waitForTimeout(300);
    const said = await page.evaluate(() => globalThis.said);
    assert.ok(said.length >= 1 && said.length < 15, said.join(" | "));
    assert.equal(await page.getByRole("status").count(), 1);
    assert.equal(await page.getByRole("log").count(), 1);
    await finish(SIGNED_OUT);
  });
});
