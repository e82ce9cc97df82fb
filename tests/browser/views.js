import { describe, test } from "node:test";
import { assert, cardOf, goTo, house, newContext, settled, signIn, until, withPage } from "./house.js";
import { order } from "./stage.js";

describe("the views", () => {
  test("each is reached by its link, has a heading that gets the focus, and a title", () => withPage("#/next", async (page) => {
    for (const [link, heading] of [["Out", "Went out"], [/^Held/, "Held"], ["Accounts", "Accounts"], ["Sources", "Sources"], ["Compose", "Compose"], ["Numbers", "Numbers"], ["Next", "Next"]]) {
      await page.getByRole("navigation").getByRole("link", { name: link }).click();
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      await page.waitForFunction(() => document.activeElement?.id === "title");
      assert.match(await page.title(), /· crier$/);
      assert.equal(await page.locator("nav a[aria-current=page]").count(), 1);
    }
  }));

  test("Next has the schedule and what waits, with times in the browser's zone", () => withPage("#/next", async (page) => {
    const concert = cardOf(page, house.stage.posts.waiting);
    await concert.waitFor();
    const due = new Date((await house.stage.daemon.one(house.stage.posts.waiting)).due);
    const clock = due.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" });
    assert.equal(await concert.locator("time").first().innerText(), clock);
    await page.getByText("Europe/Berlin (GMT").first().waitFor();
    await page.getByText("Good morning! It is").first().waitFor();
    await page.getByText("A drawing: the sun rises over a calm sea").first().waitFor();
    await page.getByLabel("Account").selectOption("art");
    await until("only art is there", async () => (await page.locator(".row .account").allInnerTexts()).every((name) => name === "art"));
    assert.match(page.url(), /account=art/);
  }));

  test("the week shows days side by side, and goes forward and back", () => withPage("#/next/week", async (page) => {
    assert.equal(await page.locator(".week > section").count(), 7);
    const title = page.locator("h2").first();
    const first = await title.innerText();
    await page.getByRole("link", { name: "Next week" }).click();
    await until("another week is shown", async () => (await title.innerText()) !== first);
    await page.getByText("Good morning! It is").first().waitFor();
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Next week/, "the focus stays for another press");
    await page.goBack();
    await until("the first week is back", async () => (await title.innerText()) === first);
  }));

  test("Out links to the status, shows the picture with its alt text, and filters", () => withPage("#/out", async (page) => {
    const { posts, daemon } = house.stage;
    const published = await daemon.one(posts.pictured);
    const row = cardOf(page, posts.pictured);
    const link = row.getByRole("link", { name: /on the server/ });
    assert.equal(await link.getAttribute("href"), published.status_url);
    assert.equal(await link.getAttribute("rel"), "noreferrer noopener");
    const picture = row.getByRole("img", { name: "The sun rises over a calm sea" });
    await until("the picture is loaded", () => picture.evaluate((img) => img.complete && img.naturalWidth > 0));
    await row.getByText(/on time|late/).waitFor();

    await page.getByLabel("State").selectOption("failed");
    await cardOf(page, posts.failed).waitFor();
    await page.getByLabel("State").selectOption("");
    await page.getByLabel("Text").fill("lighthouse");
    await cardOf(page, posts.pictured).waitFor({ state: "detached" });
    await cardOf(page, posts.published).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "grep", "typing is not interrupted");
  }));

  test("a post has a view of its own by its address, with its chain and attempts; back leads to where one came from", () => withPage("#/out", async (page) => {
    const id = house.stage.posts.published;
    await cardOf(page, id).getByRole("link", { name: `Post ${id}`, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: `Post ${id}` }).waitFor();
    await page.getByRole("heading", { name: "From where it came to now" }).waitFor();
    await page.locator(".chain li").first().waitFor();
    assert.equal(await page.locator(".tries li").count(), (await house.stage.daemon.one(id)).tries.length);
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Went out" }).waitFor();
    await page.waitForFunction((to) => document.activeElement?.getAttribute("href") === to, `#/post/${id}`);
  }));

  test("what is not there is said, with what to do", () => withPage("#/post/99999", async (page) => {
    await page.getByRole("alert").filter({ hasText: "99999" }).waitFor();
    await goTo(page, "#/out");
    assert.equal(await page.locator("#view [role=alert]").count(), 0);
  }));

  test("Accounts has states and budgets as meters, Sources health and items", () => withPage("#/accounts", async (page) => {
    const status = await house.stage.daemon.get("/v1/status");
    const news = status.accounts.find((account) => account.name === "news");
    const card = page.locator("[data-key=account-news]");
    assert.equal(await card.getByRole("meter").count(), news.budgets.length);
    const meter = card.getByRole("meter", { name: "Posts", exact: true });
    assert.equal(await meter.getAttribute("aria-valuemax"), String(news.budgets.find((budget) => budget.bucket === "statuses").limit));

    await goTo(page, "#/sources");
    const gone = page.locator("[data-key=source-gone]");
    await gone.getByText("failing").waitFor();
    await gone.getByText("404").first().waitFor();
    const blog = page.locator("[data-key=source-blog]");
    await blog.getByText("Last items").click();
    await until("its items are there", async () => (await blog.locator(".items li").count()) === 5);
    await blog.getByRole("link", { name: /^Post \d+$/ }).first().click();
    await page.getByRole("heading", { level: 1, name: /^Post \d+$/ }).waitFor();
  }));

  test("Numbers agree with the daemon, as plots and as tables", () => withPage("#/numbers", async (page) => {
    await page.getByText("The numbers as a table").first().click();
    const zone = "Europe/Berlin";
    const stats = await house.stage.daemon.get(`/v1/stats?days=30&timezone=${encodeURIComponent(zone)}`);
    const today = stats.days.at(-1);
    const cells = await page.locator("table").first().locator("tbody tr").first().locator("td").allInnerTexts();
    assert.equal(cells[0], String(today.published));
    assert.equal(await page.getByRole("img", { name: /^Bars/ }).count(), 2);
    await page.getByLabel("Days").selectOption("7");
    await until("there are seven days", async () => (await page.locator("table").first().locator("tbody tr").count()) === 7);
  }));

  test("Next has what is overdue on top, with why", () => withPage("#/next", async (page) => {
    const id = house.stage.posts.waiting;
    await page.route(/\/v1\/outbox\?.*order=due/, async (route) => { // hours pass in no test
      const { posts } = await (await route.fetch()).json();
      const late = posts.find((post) => post.id === id);
      await route.fulfill({ json: { posts: [{ ...late, state: "ready", due: new Date(Date.now() - 3 * 3600e3).toISOString(), reason: "the account is paused" }] } });
    });
    await page.evaluate(() => refresh());
    const overdue = page.getByRole("region", { name: /^Overdue/ });
    await overdue.getByText("3 h ago").waitFor();
    await overdue.getByText("the account is paused").waitFor();
    assert.equal(await page.locator("#view section").first().getAttribute("data-key"), "overdue");
    const held = (await house.stage.daemon.get("/v1/status")).outbox.held;
    await page.locator("p.note", { hasText: `${held} posts need you` }).waitFor();
  }));

  test("advice keeps its words where a command of the shell is left out", () => withPage("#/next", async (page) => {
    const left = (text) => page.evaluate((said) => advice(said), text);
    assert.equal(await left("Perhaps it hangs, or the way to it is slow."), "Perhaps it hangs, or the way to it is slow.");
    assert.equal(await left("mend what the server says and crier outbox retry 2, or post it anew: crier post"), "mend what the server says");
    assert.equal(await left("--visibility public (or unlisted, private, direct), or state it under accounts.news.defaults"), "state it under accounts.news.defaults");
    assert.equal(await left("crier outbox approve 7, or crier outbox cancel 7"), "");
  }));

  test("a long alt text is cut, also where it has no blanks", () => withPage("#/next", async (page) => {
    const shown = (alt) => page.evaluate((said) => altWords(said, 1).textContent, alt);
    assert.ok((await shown("海".repeat(420))).startsWith("海".repeat(260)));
    assert.ok((await shown("a long word ".repeat(40))).startsWith("a long word a long word"));
  }));

  test("an address that leads nowhere says so in words", () => withPage("#/post", async (page) => {
    await page.getByRole("heading", { level: 1, name: "Next" }).waitFor();
    await goTo(page, "#/next/week/2039-01-01");
    await page.getByText("Further ahead than 400 days").waitFor();
    assert.equal(await page.locator("#view [role=alert]").count(), 0);
  }));

  test("each account has a hue of its own", () => withPage("#/accounts", async (page) => {
    const hues = await page.evaluate(() => {
      const accounts = Array.from("abcdefghij", (letter) => ({ name: `account-${letter}` }));
      world.status = { ...world.status, accounts };
      return accounts.map((account) => hueOf(account.name));
    });
    assert.equal(new Set(hues).size, 10, String(hues));
  }));

  test("advice names no command where there is a button, and a post that is over no next attempt", () => withPage(`#/post/${house.stage.posts.held}`, async (page) => {
    const why = await house.stage.daemon.get(`/v1/why?about=${house.stage.posts.held}`);
    assert.match(JSON.stringify(why), /crier outbox approve/, "or there is nothing to leave out");
    assert.doesNotMatch(await page.locator(".chain").innerText(), /crier outbox/);
    assert.equal(await page.evaluate(() => advice("look at the account's page; crier outbox retry 5 --anyway sends it, or crier outbox cancel 5")), "look at the account's page");
    const shows = (state) => page.evaluate((now) => allOf({ ...current.shown.data.post, state: now, next: "2030-01-01T00:00:00Z" }).textContent.includes("Next attempt"), state);
    assert.ok(await shows("retrying"));
    assert.ok(!(await shows("failed")));
  }));

  test("a list that is at its end says that there is more", () => withPage("#/out?limit=1", async (page) => {
    await page.getByRole("link", { name: "Show more" }).waitFor();
    assert.match(await page.evaluate(() => moreOf(mostShown, () => "#").textContent), /there are more/);
  }));

  test("a long alt text is cut in lists, and whole in the post's own view", async () => {
    const alt = "A very long description of a calm sea. ".repeat(30).trim();
    const id = await order(house.stage.daemon, { account: "press", text: "Described at length.", media: [{ file: house.stage.picture, alt }] });
    await house.stage.daemon.untilState(id, "held");
    await withPage("#/held", async (page) => {
      assert.ok((await cardOf(page, id).locator(".alt").innerText()).length < 320);
      await cardOf(page, id).getByRole("link", { name: /^all of it/ }).click();
      await page.getByRole("heading", { level: 1, name: `Post ${id}` }).waitFor();
      await until("all of it is there", async () => (await page.locator(".card .alt").innerText()) === alt);
    });
    await house.stage.daemon.post(`/v1/outbox/${id}/cancel`);
  });

  test("another zone than the daemon's: both are named; a phone shows it, whole words, and what more there is of a table", async () => {
    const context = await newContext({ viewport: { width: 360, height: 740 }, timezoneId: "America/New_York" });
    try {
      await signIn(context);
      await withPage("#/next", async (page) => {
        await page.locator("#view .bar").getByText("America/New York (GMT−").waitFor();
        await page.locator("#view .bar").getByText("the schedule’s: Europe/Berlin").waitFor();
        assert.ok(await page.locator("#zone").isVisible());
        await goTo(page, "#/compose");
        const lines = await page.locator(".status-when").evaluate((box) => {
          const range = document.createRange();
          range.selectNodeContents(box);
          return new Set([...range.getClientRects()].map((one) => Math.round(one.bottom / 8))).size;
        });
        assert.ok(lines <= 3, `${lines} lines for two words`);
        await page.route("**/v1/stats?*", async (route) => {
          const stats = await (await route.fetch()).json();
          await route.fulfill({ json: { ...stats, lateness: { count: 9, p50_ms: 6, p90_ms: 900, p99_ms: 61000, max_ms: 9e7, late: [] } } });
        });
        await goTo(page, "#/numbers");
        const overlaps = await page.locator(".plot svg").last().evaluate((plot) => {
          const boxes = [...plot.querySelectorAll(".line text")].map((one) => one.getBoundingClientRect()).sort((a, b) => a.left - b.left);
          return boxes.filter((box, i) => i && box.left < boxes[i - 1].right + 3).length;
        });
        assert.equal(overlaps, 0);
      }, context);
    } finally {
      await context.close();
    }
  });

  test("why an entry is as it is has an address, too", () => withPage("#/why/entry%3Amorning", async (page) => {
    await page.getByRole("heading", { level: 1, name: "entry morning" }).waitFor();
    await page.locator(".chain li").first().waitFor();
    await page.reload();
    await settled(page);
    await page.locator(".chain li").first().waitFor();
  }));
});
