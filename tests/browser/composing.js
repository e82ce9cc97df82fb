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

  test("a draft that was mended after an answer was lost is kept", () => withPage("#/compose", async (page) => {
    await page.getByLabel("Account").selectOption("art");
    await asText(page).fill("With a mistaek, and its answer lost.");
    await page.route("**/v1/posts", async (route) => {
      await route.fetch();
      await route.abort();
    }, { times: 1 });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.locator("#wrong", { hasText: "does not answer" }).waitFor();
    await asText(page).fill("Without a mistake.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await says(page, "is in the outbox already, with the words as they were");
    assert.equal(await asText(page).inputValue(), "Without a mistake.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await says(page, "It is in the outbox");
    await until("it is there", async () => (await newest()).text === "Without a mistake.");
    assert.equal(await asText(page).inputValue(), "");
  }));

  test("takes no words while it is sent, for they would be lost, and has the focus again when that fails", () => withPage("#/compose", async (page) => {
    await page.getByLabel("Account").selectOption("art");
    await asText(page).fill("Sent slowly");
    let fail;
    const failed = new Promise((resolve) => {
      fail = resolve;
    });
    await page.route("**/v1/posts", async (route) => {
      await failed;
      await route.abort();
    }, { times: 1 });
    await asText(page).focus();
    await page.keyboard.press("Control+Enter");
    await until("it is being sent", () => page.evaluate(() => document.querySelector(".compose-form").inert));
    await page.keyboard.type(" and more");
    fail();
    await page.locator("#wrong", { hasText: "does not answer" }).waitFor();
    assert.equal(await asText(page).inputValue(), "Sent slowly");
    assert.ok(await page.evaluate(() => document.activeElement.matches("textarea[name=text]")));
    await page.keyboard.press("Control+End");
    await page.keyboard.type(", and mended.");
    assert.equal(await asText(page).inputValue(), "Sent slowly, and mended.");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Throw it away" }).click();
  }));

  test("a time says what it is: its zone in that season, that it does not exist, is there twice, or has passed", () => withPage("#/compose", async (page) => {
    await page.getByLabel("Account").selectOption("art");
    await asText(page).fill("At what time?");
    const at = page.getByLabel("Goes out at");
    const hint = page.locator(".field", { has: at }).locator(".hint");
    for (const [time, words] of [["2030-07-01T12:30", /Europe\/Berlin \(GMT\+2\)$/], ["2030-01-01T12:30", /Europe\/Berlin \(GMT\+1\)$/],
      ["2030-03-31T02:30", /no 02:30 on that day.*it is 03:30 GMT\+2\.$/], ["2030-10-27T02:30", /02:30 twice.*the first, GMT\+2\.$/], ["2020-01-01T12:00", /has passed/]]) {
      await at.fill(time);
      assert.match(await hint.innerText(), words);
    }
    await page.getByRole("button", { name: "Post now" }).click();
    await says(page, "It is in the outbox");
    await until("it went out at once", async () => (await newest()).text === "At what time?");
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
