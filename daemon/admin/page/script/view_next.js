/* What goes out next: as a list, and by weeks. */

const views = Object.create(null); // by the first word of an address, which may be any

const mostOverdue = 100;
const farthest = 60; // days that the list looks ahead; the daemon tells 62 at a time

const furthest = 400 * dayLength - hour; // from now: what the daemon reckons

async function calendar(from, to, account, signal) {
  const { items, more } = await get("/v1/calendar", { from: from.toISOString(), to: to.toISOString(), account }, signal);
  const origin = ({ kind, name }) => (name ? `${kind}:${name}` : kind);
  return { items: items.map((item) => ({ ...item, origin: origin(item.origin) })), more };
}

views.next = {
  title: (route) => (route.path[0] === "week" ? "Week" : "Next"),
  heading: "Next",

  async load(route, signal) {
    const account = route.query.get("account") ?? "";
    const now = new Date();
    if (route.path[0] === "week") {
      const monday = mondayOf(route.path[1] ? new Date(`${route.path[1]}T12:00`) : now);
      const from = isNaN(monday) ? mondayOf(now) : monday;
      const end = new Date(Math.min(midnight(from, 7), now.getTime() + furthest)); // of what the daemon reckons
      const sunday = midnight(from, 7);
      const [known, waiting] = await Promise.all([
        end > from ? calendar(from, end, account, signal) : { items: [], more: false },
        end < sunday ? getPosts({ state: ["waiting", "held"], account, order: "due" }, 2000, signal) : []]);
      const far = waiting.filter((post) => new Date(post.due) >= Math.max(end, from) && new Date(post.due) < sunday);
      return { monday: from, account, more: known.more, end, beyond: end < sunday, items: [...known.items, ...far.map((post) => ({ ...post, post: post.id }))] };
    }
    const days = Math.min(Number(route.query.get("days")) || 14, farthest);
    const late = new Date(now - minute); // what is due at this moment is no news
    const [{ items, more }, due] = await Promise.all([
      calendar(late, midnight(now, days), account, signal),
      get("/v1/outbox", { state: ["waiting", "ready", "uploading", "sending", "retrying"], account, order: "due", limit: mostOverdue + 1 }, signal)]);
    const overdue = due.posts.filter((post) => new Date(post.due) < late);
    return { days, account, more, overdue: overdue.slice(0, mostOverdue), moreOverdue: overdue.length > mostOverdue,
      items: items.filter((item) => item.state !== "published" && !(item.state === "held" && new Date(item.due) <= now)) };
  },

  render(data, route) {
    const week = Boolean(data.monday);
    const here = (change) => routeWith(route, change);
    const kept = data.account ? `?account=${encodeURIComponent(data.account)}` : "";
    return [
      h("div.bar",
        h("ul.tabs", { "aria-label": "Show as" },
          h("li", h("a", { href: `#/next${kept}`, "aria-current": week ? null : "true" }, icon("list"), "List")),
          h("li", h("a", { href: `#/next/week${kept}`, "aria-current": week ? "true" : null }, icon("week"), "Week"))),
        accountChoice(data.account, (account) => go(here({ account }), true)),
        h("p.note", "Times: ", zoneWords(), daemonZone())),
      week ? weekOf(data, kept) : daysOf(data, here),
    ];
  },
};

/* The schedule is written in the daemon's zone: it is named where that is another. */
function daemonZone() {
  const its = world.status?.timezone;
  return its && its !== zone ? `; the schedule’s: ${its.replaceAll("_", " ")}` : "";
}

/* Where an item leads: its post, or why its entry fires. */
const leadsTo = (item) => (item.post ? `#/post/${item.post}` : `#/why/${encodeURIComponent(item.origin)}`);
const itemKey = (item) => (item.post ? `post-${item.post}` : `plan-${item.origin}-${item.account}-${item.due}-${item.part}`);

function byDay(items) {
  const days = new Map();
  for (const item of items) {
    const date = dateOf(item.due);
    if (!days.has(date)) days.set(date, []);
    days.get(date).push(item);
  }
  return days;
}

function daysOf(data, here) {
  const days = [...byDay(data.items)];
  const further = data.days < farthest ? h("p.more", h("a.button", { href: here({ days: farthest }) }, `Look ${farthest} days ahead`)) : null;
  const held = heldCount();
  const heldNote = held ? h("p.note", `${count(held, "post")}${data.account ? " of all accounts" : ""} ${held === 1 ? "needs" : "need"} you before ${held === 1 ? "it goes" : "they go"} out: `, h("a", { href: "#/held" }, "see why"), ".") : null;
  const overdue = data.overdue.length ? h("section.day", { key: "overdue", "aria-labelledby": "day-overdue" },
    h("h2", { id: "day-overdue" }, "Overdue", h("span.tally", data.moreOverdue ? `the oldest ${mostOverdue}` : count(data.overdue.length, "post"))),
    h("ol.rows", data.overdue.map(overdueRow))) : null;
  if (!days.length)
    return [heldNote, overdue, nothing(`Nothing is to go out in the next ${data.days} days.`,
      h("p", "Entries of the schedule and posts that wait show here; items of sources go out when they are found. ", h("a", { href: "#/compose" }, "Write a post"))), further];
  return [
    heldNote,
    overdue,
    days.map(([date, items]) => h("section.day", { key: date, "aria-labelledby": `day-${date}` },
      h("h2", { id: `day-${date}` }, dayWords(`${date}T12:00`), h("span.tally", count(items.length, "post"))),
      h("ol.rows", items.map(plannedRow)))),
    data.more ? h("p.note", "There is more than can be shown at once.") : null,
    further];
}

/* Its time is over, and it has not gone out. */
function overdueRow(post) {
  const account = world.status?.accounts.find((one) => one.name === post.account);
  return postRow(post, {
    at: [time(post.due, clockOf(post.due)), h("span.ago", agoWords(post.due) || formats.short.format(new Date(post.due)).replace(",", ""))],
    facts: [originLink(post.origin), stateMark(post.state), partOf(post), postLink(post.id)],
    below: [reason(post.reason),
      account && account.state !== "ok" ? h("p.note", "Its account: ", (states[account.state] ?? [account.state])[0], ". ", h("a", { href: "#/accounts" }, "Look")) : null,
      new Date(post.next) > new Date() ? h("p.note", "Next try ", time(post.next)) : null],
  });
}

function plannedRow(item) {
  const soon = agoWords(item.due);
  return h("li.row", { key: itemKey(item) },
    h("div.at", time(item.due, clockOf(item.due)), soon ? h("span.ago", soon) : null),
    h("div.what",
      h("p.facts", accountMark(item.account), originLink(item.origin),
        item.state === "planned" ? null : stateMark(item.state), item.post ? postLink(item.post) : null,
        item.limit ? lengthMark(item) : null),
      h("a.open", { href: leadsTo(item) }, plannedText(item, "clamp")),
      item.post && item.media?.length ? pictures(item.post, item.media) : altList(item.media),
      item.leaves && new Date(item.leaves) - new Date(item.due) > minute ? h("p.note", "Limits let it leave ", time(item.leaves)) : null,
      remark(item.note)));
}

const lengthMark = (item) =>
  h("span", { class: item.length > item.limit ? "figure over" : "figure", title: "characters, and how many the server takes" }, `${item.length}/${item.limit}`,
    item.length > item.limit ? " too long" : "");

const plannedText = (item, cls) => (item.text
  ? said(item.text, { plain: true, tag: "span", class: cls })
  : h("span.text.unknown", "Its text is made when it fires"));

const altList = (media) => (media?.length
  ? h("ul.alts", media.map((one) => h("li", icon("picture"), one.alt ? h("span", { dir: "auto" }, one.alt) : h("em", "no alt text"))))
  : null);

function weekOf(data, kept) {
  const monday = data.monday;
  const days = byDay(data.items);
  const to = (days) => `#/next/week/${dateOf(midnight(monday, days))}${kept}`;
  const today = dateOf(new Date());
  const sunday = midnight(monday, 6);
  return [
    h("div.bar",
      h("h2.grow", { "aria-live": "polite" },
        `${formats.short.format(monday).replace(/^\w+,? /, "")} – ${formats.year.format(sunday).replace(/^\w+,? /, "")}`),
      h("p.buttons",
        h("a.button", { href: to(-7) }, icon("left"), unseen("Previous week")),
        h("a.button", { href: `#/next/week${kept}` }, "This week"),
        h("a.button", { href: to(7) }, icon("right"), unseen("Next week")))),
    h("div.week", Array.from({ length: 7 }, (_, i) => {
      const day = midnight(monday, i);
      const date = dateOf(day);
      const items = days.get(date) ?? [];
      const open = openDays.has(date);
      const most = 8;
      const shown = open ? items : items.slice(0, most);
      return h("section", { class: date === today ? "column today" : date < today ? "column past" : "column", key: date, "aria-labelledby": `column-${date}` },
        h("h3", { id: `column-${date}` }, h("time", { datetime: date }, `${formats.weekday.format(day)} ${day.getDate()}`),
          date === today ? h("span.tag", "today") : null,
          items.length ? h("span.tally", unseen(": "), items.length, unseen(items.length === 1 ? " post" : " posts")) : null),
        items.length ? h("ol", shown.map(weekItem)) : h("p.free", day > data.end ? "not reckoned" : "nothing"),
        items.length > most ? h("button", { class: "small", "aria-expanded": String(open), onclick() {
          open ? openDays.delete(date) : openDays.add(date);
          redraw();
        } }, open ? "fewer" : `and ${items.length - most} more`) : null);
    })),
    data.beyond ? h("p.note", "Further ahead than 400 days crier does not reckon what the schedule fires: only posts that wait are shown.") : null,
    data.more ? h("p.note", "There is more in this week than can be shown at once.") : null,
  ];
}

const openDays = new Set();

function weekItem(item) {
  const { state } = item;
  return h("li", { key: itemKey(item) },
    h("a", { href: leadsTo(item), class: `event hue-${hueOf(item.account)} ${states[state]?.[1] ?? ""}` },
      h("span.event-head", time(item.due, clockOf(item.due)), " ", h("bdi", item.account),
        state !== "planned" && state !== "waiting" ? stateMark(state) : null),
      plannedText(item, "clamp"),
      item.media?.length ? h("span.event-media", icon("picture"),
        h("span", { dir: "auto" }, item.media.map((one) => one.alt || "no alt text").join("; "))) : null,
      item.note && !item.post ? h("span.event-note", { dir: "auto" }, item.note) : null));
}
