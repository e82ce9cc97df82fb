// Feeds are written by others. What is in them is shown, and does nothing.
import { describe, test } from "node:test";
import { assert, goTo, house, until, withPage } from "./house.js";
import { hostile, order } from "./stage.js";

describe("hostile text", () => {
  test("runs nothing, leads nowhere and turns nothing around, in any view", async () => {
    const { daemon } = house.stage;
    const markup = `<img src=x onerror="window.hacked=true"><script>window.hacked=true</script> ${hostile.quotes} ${hostile.turning}`;
    const id = await order(daemon, { account: "press", text: markup, spoiler_text: "<svg onload=window.hacked=true>" });
    await daemon.untilState(id, "held");
    await withPage("#/held", async (page) => {
      await page.getByText("<script>window.hacked=true</script>").first().waitFor();
      for (const hash of ["#/next", "#/next/week", "#/out?state=any", "#/held", `#/post/${id}`, "#/why/source%3Ablog", "#/sources"]) {
        await goTo(page, hash);
        if (hash === "#/sources") {
          await page.locator("[data-key=source-blog] summary").click();
          await until("the items are there", async () => (await page.locator(".items li").count()) === 5);
        }
        const found = await page.evaluate(() => ({
          hacked: window.hacked,
          violations: window.violations,
          scripts: document.scripts.length,
          inline: [...document.querySelectorAll("#view *")].filter((node) => [...node.attributes].some((one) => one.name.startsWith("on"))).length,
          addresses: [...document.querySelectorAll("a[href], img[src]")].map((node) => node.getAttribute("href") ?? node.getAttribute("src"))
            .filter((address) => !/^(https?:\/\/|#|\/v1\/|data:image\/)/.test(address)),
          unsafe: [...document.querySelectorAll("a[href^=http]")].filter((link) => link.rel !== "noreferrer noopener").length,
          wide: document.documentElement.scrollWidth - innerWidth,
        }));
        assert.deepEqual(found, { hacked: undefined, violations: [], scripts: 1, inline: 0, addresses: [], unsafe: 0, wide: 0 }, hash);
      }
      // What comes after text that turns around stands where it stood.
      await goTo(page, "#/held");
      const directions = await page.locator(`[data-key="post-${id}"] .words`).evaluate((node) => [node.dir, getComputedStyle(node).unicodeBidi]);
      assert.deepEqual(directions, ["auto", "isolate"]);
      await page.locator(`[data-key="post-${id}"] [data-act=cancel]`).click();
      await page.getByRole("dialog").getByRole("button", { name: "Cancel post" }).click();
      await daemon.untilState(id, "cancelled");
    });
  });

  test("the policy would stop it, too", () => withPage("#/next", async (page) => {
    const ran = await page.evaluate(() => {
      const box = document.createElement("div");
      box.innerHTML = "<img src=x onerror='window.hacked=true'>";
      document.body.append(box);
      return new Promise((resolve) => document.addEventListener("securitypolicyviolation", () => resolve(window.hacked ?? false), { once: true }));
    });
    assert.equal(ran, false);
    await page.evaluate(() => {
      window.violations = []; // that one was ours
    });
  }));
});
