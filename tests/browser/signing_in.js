import { describe, test } from "node:test";
import { adminToken } from "./bed.js";
import { assert, axeFinds, house, newContext } from "./house.js";

describe("signing in", () => {
  test("the page shows nothing until the token was given, and nothing again after signing out", async () => {
    const context = await newContext();
    const page = await context.newPage();
    try {
      await page.goto(house.stage.daemon.url + "/#/held");
      const token = page.getByLabel("Token");
      await token.waitFor();
      assert.equal(await page.locator("nav a:visible").count(), 0);
      assert.equal(await page.evaluate(async () => (await fetch("/v1/status")).status), 401);
      assert.deepEqual(await axeFinds(page), []);

      await token.fill("not-the-token-at-all");
      await token.press("Enter");
      await page.getByRole("alert").filter({ hasText: /wrong/i }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), "token");

      await token.fill(adminToken);
      await token.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Held" }).waitFor();
      assert.equal(await token.count(), 0);

      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByLabel("Token").waitFor();
      assert.equal(await page.locator("#view").innerText(), "");
      assert.equal(await page.evaluate(async () => (await fetch("/v1/status")).status), 401);
    } finally {
      await context.close();
    }
  });

  test("what changes something needs more than the cookie", async () => {
    const page = await house.context.newPage();
    try {
      await page.goto(house.stage.daemon.url + "/");
      await page.locator("#title").waitFor();
      const status = await page.evaluate(async () => (await fetch("/v1/pause", { method: "POST", body: "{}" })).status);
      assert.equal(status, 403);
    } finally {
      await page.close();
    }
  });
});
