// What the tests find when they begin: accounts, a schedule, two feeds (one of them hostile, one gone), and posts in many states.
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { Daemon, Feed, Sandbox, sourceFolder, temporaryFolder, until } from "./bed.js";

/** What feeds could bring, and what must not happen: a script that runs, an address that is one, text that turns what is
    around it, a word without an end. */
export const hostile = {
  script: "<script>window.hacked = true</script><img src=x onerror=\"window.hacked = true\"> a title",
  javascript: "A link that is none",
  turning: "Right to left \u202egnp.exe and \u2067isolated\u2069 and \u202dforced, to the end of the line",
  long: "Donaudampfschifffahrtsgesellschaft".repeat(6),
  quotes: "\"><b onclick=alert(1)>quotes</b> & {{ title }} </style></title>",
};

const items = [
  { id: "1", title: hostile.script, link: "https://example.org/script?a=1&b=<2>" },
  { id: "2", title: hostile.javascript, link: "javascript:window.hacked=true//https://example.org/" },
  { id: "3", title: hostile.turning, link: "https://example.org/turning" },
  { id: "4", title: hostile.long, link: "https://example.org/long" },
  { id: "5", title: hostile.quotes, link: "https://example.org/quotes" },
];

const config = (sandbox, feed) => ({ folder, listen }) => `
version: 1
defaults: {visibility: public, language: en, timezone: Europe/Berlin}
store: ${folder}/crier.db
admin: {socket: ${folder}/admin.sock, listen: "${listen}", token: {file: ${folder}/admin.token}}
accounts:
  news: {server: "${sandbox.url}", handle: news, token: {env: NEWS_TOKEN}, limits: {per_day: 40}, delivery: {quiet: 2s, look: 1s}}
  art: {server: "${sandbox.url}", handle: art, token: {env: ART_TOKEN}, defaults: {visibility: unlisted, language: de}}
  press: {server: "${sandbox.url}", handle: press, mode: hold, token: {env: PRESS_TOKEN}}
schedule:
  - {name: morning, account: news, cron: "0 9 * * *", post: {status: "Good morning! It is {{ now | date('%A, %-d %B') }}, and the ferry leaves at ten."}}
  - {name: market, account: news, cron: "30 17 * * WED,SAT", post: {status: "The fish market is open until six. https://example.org/market"}}
  - name: picture-of-the-day
    account: art
    cron: "0 12 * * *"
    post: {status: "The sea, today.", media: [{file: media/sunrise.png, alt: "A drawing: the sun rises over a calm sea, a lighthouse on the shore"}]}
  - {name: press-review, account: press, cron: "15 8 * * MON-FRI", post: {status: "The papers of {{ now | date('%-d %B') }}, read for you.", spoiler_text: "Politics"}}
sources:
  blog:
    plugin: feed
    url: "${feed.url}/feed.xml"
    poll: 1h
    allow_private: true
    account: press
    first_run: {publish: all}
    post: {status: "{{ title }}\\n\\n{{ link }}"}
  gone: {plugin: feed, url: "${feed.url}/no-such-feed.xml", poll: 1h, allow_private: true, account: news, post: {status: "{{ title }}"}}
`;

/** Starts all of it. `stop()` ends all of it. */
export async function setStage() {
  const place = await temporaryFolder();
  const picture = path.join(place.folder, "media/sunrise.png");
  await copyFile(path.join(sourceFolder, "config/media/sunrise.png"), picture);
  const sandbox = await Sandbox.start(place.folder);
  const feed = await Feed.start(items);
  const daemon = new Daemon(place.folder, config(sandbox, feed), { NEWS_TOKEN: "token-of-news", ART_TOKEN: "token-of-art", PRESS_TOKEN: "token-of-press" });
  const stop = async () => {
    await daemon.program?.stop();
    await sandbox.stop();
    await feed.stop();
    await place.remove();
  };
  try {
    await daemon.start();
    const stage = { sandbox, feed, daemon, folder: place.folder, picture, stop };
    stage.posts = await fill(stage);
    return stage;
  } catch (error) {
    console.error(daemon.program?.output);
    await stop();
    throw error;
  }
}

let key = 0;
export async function order(daemon, body) {
  return (await daemon.post("/v1/posts", { key: `stage-${++key}`, ...body })).id;
}

async function fill({ daemon, sandbox, picture }) {
  const posts = {};
  posts.published = await order(daemon, { account: "news", text: "The lighthouse has a new lamp. https://example.org/lamp" });
  await daemon.untilState(posts.published, "published");
  posts.pictured = await order(daemon, { account: "art", text: "From the shore, this morning.", media: [{ file: picture, alt: "The sun rises over a calm sea" }] });
  await daemon.untilState(posts.pictured, "published");
  await sandbox.fault("POST /api/v1/statuses", "422", { text: "Validation failed: this is not what we want here" });
  posts.failed = await order(daemon, { account: "news", text: "This one the server does not take." });
  await until("the post is refused", async () => ["held", "failed"].includes((await daemon.one(posts.failed)).state));
  posts.held = await order(daemon, { account: "press", text: "The harbour festival begins on Friday.\n\nhttps://example.org/festival #harbour" });
  await daemon.untilState(posts.held, "held");
  const at = (days, hours) => {
    const when = new Date();
    when.setDate(when.getDate() + days);
    when.setHours(hours, 0, 0, 0);
    return when.toISOString();
  };
  posts.waiting = await order(daemon, { account: "news", text: "A concert by the sea, tomorrow evening.", at: at(1, 18) });
  await until("the feed is read", async () => (await daemon.get("/v1/outbox?origin=source:blog&state=held")).posts.length === items.length);
  return posts;
}
