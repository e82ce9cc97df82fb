import { describe, test } from "node:test";
import { assert, axeFinds, goTo, house, newContext, press, settled, signIn, withPage } from "./house.js";

const looks = {
  "light": {},
  "dark": { colorScheme: "dark" },
  "phone": { viewport: { width: 320, height: 640 }, hasTouch: true },
};

describe("for everybody", () => {
  for (const [name, options] of Object.entries(looks))
    test(`axe finds nothing on any view, ${name}, and nothing is wider than the screen`, async () => {
      const context = await newContext(options);
      try {
        await signIn(context);
        await withPage("#/next", async (page) => {
          const { pictured, held } = house.stage.posts;
          for (const hash of ["#/next", "#/next/week", "#/out", "#/out?state=ended", "#/held", "#/accounts", "#/sources", "#/compose", "#/numbers", `#/post/${pictured}`, `#/post/${held}`, "#/why/source%3Ablog", "#/post/99999"]) {
            await goTo(page, hash);
            for (const summary of await page.locator("summary").all()) await summary.click();
            assert.deepEqual(await axeFinds(page), [], hash);
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), options.viewport?.width ?? 1280, hash);
          }
          await goTo(page, "#/held");
          for (const action of ["edit", "reschedule", "cancel"]) {
            await press(page, held, action);
            await page.getByRole("dialog").waitFor();
            assert.deepEqual(await axeFinds(page), [], action);
            await page.keyboard.press("Escape");
            await page.locator("dialog").waitFor({ state: "detached" });
          }
        }, context);
      } finally {
        await context.close();
      }
    });

  test("the first press of Tab offers a way past the navigation", () => withPage("#/held", async (page) => {
    await page.reload();
    await settled(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("#view, #banners") !== null));
  }));
});
