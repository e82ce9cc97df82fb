import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { assert, axeFinds, house, says, settled, until, withPage } from "./house.js";

const newest = async () => (await house.stage.sandbox.statuses()).at(-1);
const counter = (page) => page.locator("#counter").innerText();
const asText = (page) => page.getByLabel("Text", { exact: true });

describe("composing", () => {
  test("counts as the server does, and says what is too long", () => withPage("#/compose", async (page) => {
    await page.getByLabel("Account").selectOption("news");
    await asText(page).fill("Look: https://example.org/a/very/long/address/that/counts/as/twenty-three 👩‍🚀");
    await until("the daemon has counted", () => page.evaluate(() => document.querySelector("#counter").textContent === "31 of 500 characters"));
    const answer = await house.stage.daemon.post("/v1/compose", { account: "news", text: await asText(page).inputValue(), key: "count" });
    assert.equal(answer.texts[0].length, 31);
    await asText(page).fill("x".repeat(501));
    assert.equal(await counter(page), "501 of 500 characters: 1 too many");
    await page.locator("#problem .reason").waitFor();
    const before = (await house.stage.sandbox.statuses()).length;
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.locator("#wrong p").waitFor();
    assert.equal((await house.stage.sandbox.statuses()).length, before);
    assert.equal((await asText(page).inputValue()).length, 501, "nothing typed is lost");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Throw it away" }).click();
    assert.equal(await asText(page).inputValue(), "");
  }));

  test("makes one post, however often Send is pressed, with all that was chosen", () => withPage("#/compose", async (page) => {
    await page.getByLabel("Account").selectOption("art");
    await asText(page).fill("Pressed twice.");
    await page.getByLabel("Content warning").fill("Buttons");
    await page.getByLabel("Visibility").selectOption("private");
    await page.getByLabel("Language").fill("de");
    await page.getByRole("button", { name: "Send", exact: true }).dblclick();
    await says(page, "It is in the outbox");
    await until("it is there", async () => (await newest()).text === "Pressed twice.");
    const made = (await house.stage.sandbox.statuses()).filter((status) => status.text === "Pressed twice.");
    assert.equal(made.length, 1);
    assert.equal(made[0].visibility, "private");
    assert.equal(made[0].spoiler_text, "Buttons");
    assert.equal(made[0].language, "de");
    assert.equal(await asText(page).inputValue(), "");
  }));

  test("an answer that is lost makes no second post", () => withPage("#/compose", async (page) => {
    await page.getByLabel("Account").selectOption("art");
    await asText(page).fill("The answer was lost.");
    await page.route("**/v1/posts", async (route) => {
      await route.fetch();
      await route.abort();
    }, { times: 1 });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.locator("#wrong", { hasText: "does not answer" }).waitFor();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await says(page, "in the outbox already");
    await until("it is there", async () => (await newest()).text === "The answer was lost.");
    assert.equal((await house.stage.sandbox.statuses()).filter((status) => status.text === "The answer was lost.").length, 1);
  }));

  test("pictures are picked and dropped, asked for their alt text, kept over a reload, and sent", () => withPage("#/compose", async (page) => {
    await page.getByLabel("Account").selectOption("art");
    await asText(page).fill("Two pictures of one sea.");
    await page.locator("#picker").setInputFiles(house.stage.picture);
    const alt = page.getByLabel(/^Alt text/);
    await alt.first().waitFor();
    await page.waitForFunction(() => document.activeElement?.matches(".media textarea"), null, { polling: 50 });
    await alt.first().fill("The sun over a calm sea, picked.");
    const bytes = (await readFile(house.stage.picture)).toString("base64");
    await page.evaluate((base64) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], "dropped.png", { type: "image/png" }));
      for (const type of ["dragover", "drop"]) document.querySelector(".drop").dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }, bytes);
    await until("both are there", async () => (await alt.count()) === 2);
    assert.deepEqual(await axeFinds(page), []);

    await until("both are sent to the daemon", async () => (await page.getByText("is being sent").count()) === 0);
    await page.reload();
    await settled(page);
    assert.equal(await asText(page).inputValue(), "Two pictures of one sea.");
    assert.equal(await alt.first().inputValue(), "The sun over a calm sea, picked.");
    assert.equal(await page.locator(".status-media img").count(), 2, "the preview has them, too");

    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("dialog", { name: "Send without alt text?" }).getByRole("button", { name: "Write it" }).click();
    await page.waitForFunction(() => document.activeElement?.matches(".media li:nth-child(2) textarea"));
    await page.keyboard.type("The same sea, dropped.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await says(page, "It is in the outbox");
    const status = await until("it is there", async () => {
      const last = await newest();
      return last.text === "Two pictures of one sea." ? last : null;
    });
    assert.deepEqual(status.media.map((one) => one.description), ["The sun over a calm sea, picked.", "The same sea, dropped."]);
  }));

  test("a post can be given its time", () => withPage("#/compose", async (page) => {
    await page.getByLabel("Account").selectOption("news");
    await asText(page).fill("In the year 2030.");
    await page.getByLabel("Goes out at").fill("2030-01-02T09:15");
    await page.getByRole("button", { name: "Schedule" }).click();
    await says(page, "due");
    const id = Number((await page.locator("#said a").innerText()).replace(/\D/g, ""));
    const post = await house.stage.daemon.one(id);
    assert.equal(post.due, "2030-01-02T08:15:00Z");
    assert.equal(post.state, "waiting");
    await house.stage.daemon.post(`/v1/outbox/${id}/cancel`);
  }));
});
