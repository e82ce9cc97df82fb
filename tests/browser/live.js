import { describe, test } from "node:test";
import { adminToken } from "./bed.js";
import { assert, cardOf, house, press, settled, until, withPage } from "./house.js";
import { order } from "./stage.js";

describe("live", () => {
  test("what happens elsewhere shows by itself, and disturbs nobody who types", () => withPage("#/held", async (page) => {
    const { daemon } = house.stage;
    const first = await order(daemon, { account: "press", text: "There before." });
    await cardOf(page, first).waitFor();
    await press(page, first, "edit");
    const text = page.getByRole("dialog").getByLabel("Text", { exact: true });
    await text.fill("Half a sen");
    const second = await order(daemon, { account: "press", text: "Comes by itself." });
    await cardOf(page, second).waitFor();
    assert.equal(await text.inputValue(), "Half a sen");
    await page.keyboard.type("tence.");
    assert.equal(await text.inputValue(), "Half a sentence.");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await cardOf(page, first).locator("[data-act=reschedule]").focus();
    await daemon.post(`/v1/outbox/${second}/cancel`);
    await cardOf(page, second).waitFor({ state: "detached" });
    assert.ok(await page.evaluate(() => document.activeElement.matches("[data-act=reschedule]")), "the focus stays");
    await daemon.post(`/v1/outbox/${first}/cancel`);
    await cardOf(page, first).waitFor({ state: "detached" });
    await until("the count in the navigation goes along", async () => {
      const held = (await daemon.get("/v1/status")).outbox.held ?? 0;
      return (await page.locator("nav .badge").count() ? parseInt(await page.locator("nav .badge").innerText(), 10) : 0) === held;
    });
  }));

  test("a daemon that hangs is found out by a request, and said to be away until it goes on", () => withPage("#/held", async (page) => {
    const { daemon } = house.stage;
    const id = await order(daemon, { account: "press", text: "Approved while it hung." });
    await cardOf(page, id).waitFor();
    await page.evaluate(() => {
      patience.usual = 700; // or this test would take long
    });
    daemon.program.child.kill("SIGSTOP");
    try {
      await press(page, id, "approve");
      await page.locator("#wrong", { hasText: "does not answer" }).waitFor();
      await page.locator("#banners", { hasText: "The connection to crier is lost" }).waitFor();
      await page.getByText("not connected", { exact: true }).waitFor();
    } finally {
      daemon.program.child.kill("SIGCONT");
    }
    await page.evaluate(() => {
      patience.usual = 10000;
    });
    await page.getByText("live", { exact: true }).waitFor();
    await daemon.untilState(id, "published"); // it was in the pipe
    await cardOf(page, id).waitFor({ state: "detached" });
  }));

  test("silence that lasts too long is a lost connection", () => withPage("#/next", async (page) => {
    await page.getByText("live", { exact: true }).waitFor();
    await page.evaluate(() => {
      patience.silence = 300;
      listening.lose();
    });
    await page.locator("#banners", { hasText: "The connection to crier is lost" }).waitFor();
    await page.getByText("live", { exact: true }).waitFor(); // greeted, and then nothing is said
    await page.locator("#banners", { hasText: "The connection to crier is lost" }).waitFor();
    await page.evaluate(() => {
      patience.silence = 40000;
    });
    await page.getByText("live", { exact: true }).waitFor();
  }));

  test("a dialog and what is typed in it outlast a restart of the daemon", () => withPage("#/held", async (page) => {
    const { daemon } = house.stage;
    const id = await order(daemon, { account: "press", text: "Before the restart." });
    await press(page, id, "edit");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Text", { exact: true }).fill("Ten minutes of careful rewriting.");
    await daemon.stop();
    await page.locator("#banners", { hasText: "is lost" }).waitFor({ state: "attached" });
    await daemon.start();
    const token = page.getByLabel("Token");
    await token.waitFor();
    assert.equal(await dialog.count(), 0, "it is out of the way");
    await token.fill(adminToken);
    await token.press("Enter");
    await dialog.waitFor();
    assert.equal(await dialog.getByLabel("Text", { exact: true }).inputValue(), "Ten minutes of careful rewriting.");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal((await daemon.one(id)).text, "Ten minutes of careful rewriting.");
    await daemon.post(`/v1/outbox/${id}/cancel`);
  }));

  test("a daemon that goes away is said to be away; when it is back, one signs in and goes on where one was", () => withPage("#/compose", async (page) => {
    const { daemon } = house.stage;
    await page.getByLabel("Text", { exact: true }).fill("Written across a restart.");
    await daemon.stop();
    await page.locator("#banners", { hasText: "The connection to crier is lost" }).waitFor();
    assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Written across a restart.");
    await daemon.start();
    const token = page.getByLabel("Token");
    await token.waitFor();
    await token.fill(adminToken);
    await token.press("Enter");
    await settled(page);
    await page.getByText("live", { exact: true }).waitFor();
    assert.equal(await page.locator("#banners", { hasText: "is lost" }).count(), 0);
    assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Written across a restart.");
    await page.getByRole("navigation").getByRole("link", { name: /^Held/ }).click();
    const id = await order(daemon, { account: "press", text: "After the restart." });
    await cardOf(page, id).waitFor();
    await daemon.post(`/v1/outbox/${id}/cancel`);
  }));
});
