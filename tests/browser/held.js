import { describe, test } from "node:test";
import { assert, cardOf, focusIn, goTo, house, press, says, until, withPage } from "./house.js";
import { order } from "./stage.js";

const onServer = async (text) => (await house.stage.sandbox.statuses()).filter((status) => status.text === text && !status.deleted);

async function heldPost(text, more = {}) {
  const id = await order(house.stage.daemon, { account: "press", text, ...more });
  await house.stage.daemon.untilState(id, "held");
  return id;
}

describe("what is held", () => {
  test("is approved by the keyboard alone, and the focus goes on to what is next", async () => {
    const text = "Approved without a mouse.";
    const id = await heldPost(text);
    await withPage("#/held", async (page) => {
      await cardOf(page, id).waitFor();
      let presses = 0;
      while (!(await page.evaluate((key) => document.activeElement.matches(`[data-key="${key}"] [data-act=approve]`), `post-${id}`))) {
        assert.ok(++presses < 60, `Tab does not lead there: ${await focusIn(page)}`);
        await page.keyboard.press("Tab");
      }
      const described = await page.evaluate(() => document.getElementById(document.activeElement.getAttribute("aria-describedby")).textContent);
      assert.match(described, /goes out/);
      await page.keyboard.press("Enter");
      await says(page, `Post ${id} is approved`);
      await cardOf(page, id).waitFor({ state: "detached" });
      assert.ok(await page.evaluate(() => document.activeElement.closest("#view .card") !== null), await focusIn(page));
      await house.stage.daemon.untilState(id, "published");
      assert.equal((await onServer(text)).length, 1);
    });
  });

  test("can be edited: in the daemon, and then on the server", async () => {
    const id = await heldPost("Words with a mistaek.");
    await withPage("#/held", async (page) => {
      await press(page, id, "edit");
      const dialog = page.getByRole("dialog", { name: `Edit post ${id}` });
      await dialog.getByRole("button", { name: "Save" }).click();
      await dialog.getByRole("alert").filter({ hasText: "Nothing is changed" }).waitFor();
      await dialog.getByLabel("Text", { exact: true }).fill("Words without a mistake.");
      await dialog.getByLabel("Content warning").fill("Spelling");
      await dialog.getByRole("button", { name: "Save" }).click();
      await says(page, "is changed");
      await cardOf(page, id).getByText("Words without a mistake.").waitFor();
      const post = await house.stage.daemon.one(id);
      assert.equal(post.text, "Words without a mistake.");
      assert.equal(post.spoiler_text, "Spelling");
      assert.match(await focusIn(page), /data-act="edit"/);
      await press(page, id, "approve");
      await house.stage.daemon.untilState(id, "published");
      assert.equal((await onServer("Words without a mistake.")).length, 1);
    });
  });

  test("can be given another time", async () => {
    const id = await heldPost("At another time.");
    await withPage("#/held", async (page) => {
      await press(page, id, "reschedule");
      await page.getByRole("dialog").getByLabel("Goes out at").fill("2030-06-01T08:30");
      await page.getByRole("dialog").getByRole("button", { name: "Reschedule" }).click();
      await says(page, `Post ${id} is due`);
      assert.equal((await house.stage.daemon.one(id)).due, "2030-06-01T06:30:00Z", "Berlin's summer time");
      await press(page, id, "reschedule");
      await page.getByRole("dialog").getByLabel("Goes out at").fill("2001-01-01T00:00");
      await page.getByRole("dialog").getByRole("button", { name: "Reschedule" }).click();
      await page.getByRole("dialog").getByRole("alert").filter({ hasText: "past" }).waitFor();
      await page.keyboard.press("Escape");
    });
  });

  test("is cancelled only when one says so twice", async () => {
    const id = await heldPost("Not to be posted.");
    await withPage("#/held", async (page) => {
      await press(page, id, "cancel");
      await page.getByRole("dialog").getByRole("button", { name: "Leave it as it is" }).click();
      await page.locator("dialog").waitFor({ state: "detached" });
      assert.equal((await house.stage.daemon.one(id)).state, "held");
      assert.match(await focusIn(page), /data-act="cancel"/);
      await press(page, id, "cancel");
      await page.getByRole("dialog").getByRole("button", { name: "Cancel post" }).click();
      await says(page, `Post ${id} is cancelled`);
      assert.equal((await house.stage.daemon.one(id)).state, "cancelled");
    });
  });

  test("and has failed is sent again", async () => {
    const id = house.stage.posts.failed;
    await withPage("#/held", async (page) => {
      await cardOf(page, id).getByText("Validation failed").waitFor();
      const state = (await house.stage.daemon.one(id)).state;
      await press(page, id, state === "failed" ? "retry" : "release");
      await says(page, `Post ${id}`);
      await house.stage.daemon.untilState(id, "published");
      await cardOf(page, id).waitFor({ state: "detached" });
      assert.equal((await onServer("This one the server does not take.")).length, 1);
    });
  });

  test("an action that is refused says why, and what to do", async () => {
    const id = await heldPost("Somebody else was quicker.");
    await withPage("#/held", async (page) => {
      await cardOf(page, id).waitFor();
      await page.route("**/v1/events", (route) => route.abort());
      await page.route(`**/v1/outbox/${id}/approve`, async (route) => {
        await house.stage.daemon.post(`/v1/outbox/${id}/cancel`);
        await route.continue();
      });
      await press(page, id, "approve");
      await page.locator("#wrong", { hasText: "cancelled" }).waitFor();
    });
  });

  test("what waits can be held and let go from its own view", async () => {
    const id = house.stage.posts.waiting;
    await withPage(`#/post/${id}`, async (page) => {
      await page.locator("[data-act=hold]").click();
      await says(page, `Post ${id} is held`);
      assert.equal((await house.stage.daemon.one(id)).state, "held");
      await page.locator("[data-act=release]").click();
      await says(page, `Post ${id} is let go: it goes out`);
      assert.equal((await house.stage.daemon.one(id)).state, "waiting");
    });
  });

  test("what is published can be edited and deleted on the server", async () => {
    const id = house.stage.posts.published;
    await withPage(`#/post/${id}`, async (page) => {
      await page.locator("[data-act=edit]").click();
      await page.getByRole("dialog").getByLabel("Text", { exact: true }).fill("The lighthouse has two new lamps.");
      await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
      await says(page, "will be edited");
      await until("it is edited there", async () => (await onServer("The lighthouse has two new lamps.")).length === 1);
      await page.locator("[data-act=delete]").click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await house.stage.daemon.untilState(id, "deleted");
      await until("it is gone there", async () => (await onServer("The lighthouse has two new lamps.")).length === 0);
    });
  });

  test("all that wait for approval go at once", async () => {
    const ids = [await heldPost("One of many."), await heldPost("Another of many.")];
    await withPage("#/held", async (page) => {
      await cardOf(page, ids[1]).waitFor();
      await page.locator("[data-act=approve-all]").click();
      await page.getByRole("dialog").getByRole("button", { name: /^Approve all/ }).click();
      await says(page, "let go");
      for (const id of ids) await house.stage.daemon.untilState(id, "published");
      await goTo(page, "#/held");
      assert.equal(await cardOf(page, ids[0]).count(), 0);
    });
  });
});
