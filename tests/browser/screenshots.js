// Pictures for the README, where CRIER_SCREENSHOTS names the folder; no test otherwise.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { goTo, house, newContext, settled, signIn, withPage } from "./house.js";
import { order } from "./stage.js";

const folder = process.env.CRIER_SCREENSHOTS;

async function take(name, hash, options = {}, before = async () => {}) {
  const context = await newContext({ viewport: { width: 1200, height: 800 }, ...options });
  try {
    await signIn(context);
    await withPage("#/next", async (page) => {
      await goTo(page, hash);
      await before(page);
      await settled(page);
      await page.evaluate(() => document.activeElement?.blur());
      const file = path.join(folder, `page-${name}.png`);
      await page.screenshot({ path: file });
      spawnSync("pngquant", ["--force", "--skip-if-larger", "--quality=70-95", "--strip", "--output", file, file]); // where there is one
    }, context);
  } finally {
    await context.close();
  }
}

test("screenshots", { skip: !folder }, async () => {
  const monday = new Date(Date.now() + 7 * 86400e3);
  monday.setDate(monday.getDate() - ((monday.getDay() + 6) % 7));
  const week = `#/next/week/${monday.toISOString().slice(0, 10)}`;
  for (const [day, hour, account, text] of [[1, 10, "news", "Road works on the harbour bridge until Friday. https://example.org/bridge"], [3, 19, "news", "A concert by the sea, admission free."], [4, 16, "press", "What the council has decided, in five points."]]) {
    const at = new Date(monday);
    at.setDate(at.getDate() + day);
    at.setHours(hour, 0, 0, 0);
    await order(house.stage.daemon, { account, text, at: at.toISOString() });
  }
  const { picture, daemon } = house.stage;
  for (const more of [
    { text: "The ferry to the islands is cancelled today: the wind.", spoiler_text: "Weather" },
    { text: "A hundred lanterns went down the river last night.", media: [{ file: picture, alt: "The sun goes down behind a calm sea, its light a path on the water" }] },
    { text: "The council has decided: the market stays where it is.\n\nhttps://example.org/market #council" },
  ]) await daemon.untilState(await order(daemon, { account: "press", ...more }), "held");
  await take("week", week);
  await take("week-dark", week, { colorScheme: "dark" });
  await take("held", "#/held");
  await take("accounts", "#/accounts");
  // A month of a bot's life, which this one has not had.
  await take("numbers", "#/numbers", {}, async (page) => {
    const days = Array.from({ length: 30 }, (_, i) => {
      const by = { art: 1, news: 3 + ((i * 7) % 5), press: [1, 2, 3, 2, 1, 0, 0][i % 7] };
      const date = new Date(Date.now() - (29 - i) * 86400e3).toISOString().slice(0, 10);
      return { date, published: by.art + by.news + by.press, failed: i === 11 ? 1 : 0, by_account: by };
    });
    const late = [{ id: house.stage.posts.pictured, account: "art", due: new Date(Date.now() - 3 * 86400e3).toISOString(), late_ms: 272000 }];
    await page.route("**/v1/stats?*", (route) => route.fulfill({ json: { timezone: "Europe/Berlin", days, lateness: { count: 214, p50_ms: 4, p90_ms: 210, p99_ms: 61000, max_ms: 272000, late } } }));
    await page.evaluate(() => refresh());
  });
  await take("post", `#/post/${house.stage.posts.pictured}`, { colorScheme: "dark" });
  await take("phone", "#/held", { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
  await take("compose", "#/compose", {}, async (page) => {
    await page.getByLabel("Account").selectOption("art");
    await page.getByLabel("Text", { exact: true }).fill("The first light over the harbour this morning, seen from the old lighthouse.\n\nMore of them: https://example.org/light #photography");
    await page.locator("#picker").setInputFiles(house.stage.picture);
    await page.getByLabel(/^Alt text/).fill("The sun rises over a calm sea; its light makes a path on the water.");
    await page.locator(".status-media img").waitFor();
  });
});
