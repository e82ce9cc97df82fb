// What a press is meant for is what was on the screen when it was made.
import { describe, test } from "node:test";
import { assert, cardOf, house, press, says, settled, until, withPage } from "./house.js";
import { order } from "./stage.js";

async function heldPost(text, more = {}) {
  const id = await order(house.stage.daemon, { account: "press", text, ...more });
  await house.stage.daemon.untilState(id, "held");
  return id;
}
const cancelled = (...ids) => Promise.all(ids.map((id) => house.stage.daemon.post(`/v1/outbox/${id}/cancel`)));

/** A page to which nothing is told: it shows what was when it asked. */
const deaf = (page) => page.route("**/v1/events", (route) => route.abort());

describe("a press", () => {
  test("that comes right after the list has moved up is not taken for the next post", async () => {
    const second = await heldPost("The second, which nobody has read.");
    const first = await heldPost("The first, which is approved.");
    await withPage("#/held", async (page) => {
      await cardOf(page, second).waitFor();
      // A press of the pointer at the moment when the other card is gone, which no test could time from outside.
      await page.evaluate(([gone, next]) => {
        const card = (id) => document.querySelector(`#view [data-key="post-${id}"]`);
        window.pressed = 0;
        new MutationObserver(() => {
          if (card(gone) || window.pressed++) return;
          card(next).querySelector("[data-act=approve]").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 2 }));
        }).observe(document.getElementById("view"), { childList: true, subtree: true });
      }, [first, second]);
      await press(page, first, "approve");
      await says(page, `Post ${first} is approved`);
      await cardOf(page, first).waitFor({ state: "detached" });
      assert.ok(await page.evaluate(() => window.pressed > 0));
      await house.stage.daemon.untilState(first, "published");
      await settled(page);
      assert.equal((await house.stage.daemon.one(second)).state, "held");
      await press(page, second, "approve"); // when it stands still for a moment
      await says(page, `Post ${second} is approved`);
    });
  });

  test("on a post that has changed since does nothing, and shows what it is now", async (t) => {
    const id = await heldPost("As it was read.");
    if ((await house.stage.daemon.one(id)).version === undefined) return t.skip("the daemon tells no versions");
    await withPage("#/held", async (page) => {
      await deaf(page);
      await page.reload();
      await cardOf(page, id).waitFor();
      await settled(page);
      await house.stage.daemon.post(`/v1/outbox/${id}/edit`, { text: "Entirely other words." });
      await press(page, id, "approve");
      await page.locator("#wrong", { hasText: "has changed since" }).getByText("Entirely other words.").waitFor();
      await cardOf(page, id).getByText("Entirely other words.").waitFor();
      assert.equal((await house.stage.daemon.one(id)).state, "held");
      await press(page, id, "approve");
      await says(page, `Post ${id} is approved`);
    });
  });

  test("on Save keeps what was typed where somebody else was quicker, and puts nothing back", async (t) => {
    const id = await heldPost("One text for two people.");
    if ((await house.stage.daemon.one(id)).version === undefined) return t.skip("the daemon tells no versions");
    await withPage("#/held", async (page) => {
      await press(page, id, "edit");
      const dialog = page.getByRole("dialog");
      const text = dialog.getByLabel("Text", { exact: true });
      await text.fill("What I typed.");
      await house.stage.daemon.post(`/v1/outbox/${id}/edit`, { text: "What the other typed.", spoiler_text: "Of the other" });
      await cardOf(page, id).getByText("What the other typed.").waitFor(); // the page knows, the dialog was opened before
      await dialog.getByRole("button", { name: "Save" }).click();
      await dialog.getByRole("alert").filter({ hasText: "has changed since" }).getByText("What the other typed.").waitFor();
      assert.equal(await text.inputValue(), "What I typed.");
      assert.equal((await house.stage.daemon.one(id)).text, "What the other typed.");
      await dialog.getByRole("button", { name: "Save" }).click();
      await says(page, "is changed");
      const post = await house.stage.daemon.one(id);
      assert.equal(post.text, "What I typed.");
      assert.equal(post.spoiler_text, "Of the other");
    });
    await cancelled(id);
  });

  test("on all names how many they are, also where not all of them are shown", async () => {
    const ids = [await heldPost("One that is not shown."), await heldPost("One that is when more is asked for."), await heldPost("One that is.")];
    await withPage("#/held?limit=1", async (page) => {
      await cardOf(page, ids[2]).waitFor();
      assert.equal(await cardOf(page, ids[1]).count(), 0);
      const held = (await house.stage.daemon.get("/v1/outbox?state=held&limit=1000")).posts;
      await page.getByText(`The newest 1 of ${held.length} held posts are shown.`).waitFor();
      await page.getByRole("link", { name: "Show more" }).click();
      await cardOf(page, ids[1]).waitFor();
      await page.locator("[data-act=approve-all]").click();
      const all = held.filter((post) => post.code === "approval").length;
      assert.ok(all > 2);
      await page.getByRole("dialog", { name: `Approve all ${all}?` }).getByText(`${all - 2} of them are not shown.`).waitFor();
      await page.keyboard.press("Escape");
    });
    await cancelled(...ids);
  });

  test("is told of in words for as long as the pointer is there", async () => {
    const id = await heldPost("Pointed at.");
    await withPage(`#/post/${id}`, async (page) => {
      const words = page.locator(".does");
      const first = await words.innerText();
      await page.locator("[data-act=cancel]").hover();
      assert.equal(await words.innerText(), "It will not be posted.");
      await page.mouse.move(5, 5);
      await until("the first button's are back", async () => (await words.innerText()) === first);
    });
    await cancelled(id);
  });
});
