import { describe, test } from "node:test";
import { assert, goTo, house, says, until, withPage } from "./house.js";

const accountNow = async (name) => (await house.stage.daemon.get("/v1/status")).accounts.find((account) => account.name === name);
const sourceNow = async (name) => (await house.stage.daemon.get("/v1/status")).sources.find((source) => source.name === name);

describe("pausing", () => {
  test("an account, for a while and for a reason, and on again", () => withPage("#/accounts", async (page) => {
    const card = page.locator("[data-key=account-art]");
    await card.locator("[data-act=pause]").click();
    const dialog = page.getByRole("dialog", { name: "Pause art?" });
    await dialog.getByLabel("For how long").selectOption("4h");
    await dialog.getByLabel("Why", { exact: true }).fill("The gallery is being painted");
    await dialog.getByRole("button", { name: "Pause" }).click();
    await says(page, "art is paused");
    await card.getByText("The gallery is being painted").waitFor();
    const art = await accountNow("art");
    assert.equal(art.state, "paused");
    assert.equal(art.reason, "The gallery is being painted");
    assert.ok(new Date(art.until) > Date.now() + 3.9 * 3600e3);
    await card.locator("[data-act=resume]").click();
    await says(page, "art goes on");
    assert.notEqual((await accountNow("art")).state, "paused");
  }));

  test("a source", () => withPage("#/sources", async (page) => {
    const card = page.locator("[data-key=source-blog]");
    await card.locator("[data-act=pause]").click();
    await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
    await card.locator(".state", { hasText: "paused" }).waitFor();
    assert.equal((await sourceNow("blog")).state, "paused");
    await card.locator("[data-act=resume]").click();
    await until("it goes on", async () => (await sourceNow("blog")).state !== "paused");
  }));

  test("everything, from anywhere, with a banner in every view until it goes on", () => withPage("#/numbers", async (page) => {
    await page.getByRole("button", { name: "Pause everything" }).click();
    await page.getByRole("dialog").getByLabel("Why", { exact: true }).fill("A storm");
    await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
    const banner = page.locator("#banners", { hasText: "Everything is paused" });
    await banner.getByText("A storm").waitFor();
    assert.equal((await accountNow("news")).state, "paused");
    await goTo(page, "#/compose");
    await banner.waitFor();
    await banner.getByRole("button", { name: "Resume everything" }).click();
    await banner.waitFor({ state: "detached" });
    assert.notEqual((await accountNow("news")).state, "paused");
    await page.getByRole("button", { name: "Pause everything" }).waitFor();
  }));
});
