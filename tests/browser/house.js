// The browser, and what every test of a page needs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { adminToken, until } from "./bed.js";
import { setStage } from "./stage.js";

// The packages lie in the build folder: nothing is installed into the source tree.
const require = createRequire(process.env.CRIER_NODE_PACKAGES + "/");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What all tests share: {stage, browser, context}. */
export const house = {};

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

export async function openHouse() {
  house.stage = await setStage();
  house.browser = await chromium.launch({ executablePath: process.env.CRIER_CHROMIUM ?? "/usr/bin/chromium", args: flags });
  house.context = await newContext();
  await signIn(house.context);
}

export async function closeHouse() {
  await house.browser?.close();
  await house.stage?.stop();
}

/** A browser as another person's; everything in it speaks of Berlin's time. */
export async function newContext(options = {}) {
  const context = await house.browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: "Europe/Berlin", reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(15000);
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
  });
  return context;
}

export async function signIn(context) {
  const page = await context.newPage();
  await page.goto(house.stage.daemon.url + "/");
  await page.getByLabel("Token").fill(adminToken);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("#title").waitFor();
  await page.close();
}

/** Opens `hash` in a page of its own, and gives that to `act`. Afterwards no policy was broken and no script failed. */
export async function withPage(hash, act, context = house.context) {
  const page = await context.newPage();
  const broken = [];
  page.on("pageerror", (error) => broken.push(error.stack));
  try {
    await page.goto(house.stage.daemon.url + "/" + hash);
    await settled(page);
    await act(page);
    broken.push(...(await page.evaluate(() => window.violations)));
    assert.deepEqual(broken, []);
  } catch (error) {
    if (broken.length) error.message += `\n${broken.join("\n")}`;
    error.message += `\nThe page says: ${(await page.locator("#said, #wrong, dialog [role=alert]").allInnerTexts().catch(() => [])).join(" | ")}`;
    throw error;
  } finally {
    await page.close();
  }
}

/** The view is there, and nothing is being asked for. */
export const settled = (page) => page.waitForFunction(() => document.getElementById("title") && !document.getElementById("main").hasAttribute("aria-busy"));

/** By the address, as a link of the page would. */
export async function goTo(page, hash) {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.waitForFunction((to) => location.hash === to && current.shown?.route.hash === to && !document.getElementById("main").hasAttribute("aria-busy"), hash);
}

export const cardOf = (page, id) => page.locator(`#view [data-key="post-${id}"]`);
export const press = (page, id, action) => cardOf(page, id).locator(`[data-act="${action}"]`).click();

/** Waits until the live region says something like `words`. */
export const says = (page, words) => page.locator("#said", { hasText: words }).waitFor();

export const focusIn = (page) => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160));

/** Violations of accessibility rules, in words. */
export async function axeFinds(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => (await window.axe.run(document)).violations.map((one) => `${one.id} (${one.impact}): ${one.help}\n` +
    one.nodes.slice(0, 4).map((node) => `  ${node.html.slice(0, 160)}\n  ${node.failureSummary.replaceAll("\n", " ")}`).join("\n")));
}

export { assert, until };
