/* The sources: how they are, and what they showed last. */

const lookedInto = new Map(); // name -> items, of those that are open

views.sources = {
  title: "Sources",

  async load(route, signal) {
    const status = await get("/v1/status", {}, signal);
    const open = status.sources.filter((source) => lookedInto.has(source.name));
    await Promise.all(open.map((source) => loadItems(source.name, signal).catch(() => {})));
    return status;
  },

  render(status) {
    if (!status.sources.length)
      return nothing("There is no source in the configuration.", h("p", "Feeds, folders, calendars and programs stand under ", h("code", "sources:"), "."));
    return h("ul.cards", status.sources.map(sourceCard));
  },
};

async function loadItems(name, signal) {
  const answer = await get(`/v1/sources/${encodeURIComponent(name)}/items`, { limit: 10 }, signal);
  lookedInto.set(name, answer.items);
}

function sourceCard(source) {
  const target = `source:${source.name}`;
  return h("li.card", { key: `source-${source.name}` },
    h("div.card-head",
      h("h2", h("a", { href: `#/why/${encodeURIComponent(target)}` }, h("bdi", source.name))), stateMark(source.state),
      h("span.tag", source.plugin),
      h("p.push", pauseButton(target, source.name, source.state === "paused" || source.state === "tripped"))),
    source.url ? h("p.note.address", outside(source.url, source.url)) : null,
    source.error ? h("p.reason", { dir: "auto" }, source.error,
      source.failures > 1 ? h("span", ` (${count(source.failures, "time")} in a row)`) : null) : null,
    source.fuse ? h("p.reason", { dir: "auto" }, source.fuse.reason, " ", h("a", { href: "#/held" }, "Look at what is held"), "; “Resume” lets it go.") : null,
    remark(source.note),
    facts([
      ["Last look", source.last_poll ? timeAndAgo(source.last_poll) : "none yet"],
      ["Next look", source.state === "paused" ? "when it goes on" : source.next_poll ? timeAndAgo(source.next_poll) : "none by itself"],
      ["Hears", source.hears],
      ["Hub", source.hub && [source.hub.state, source.hub.last_push ? [", last push ", time(source.hub.last_push)] : null]],
      ["Posts", h("a", { href: `#/out?origin=${encodeURIComponent(target)}` }, "what came of it")],
    ]),
    h("details", { key: "items", open: lookedInto.has(source.name), ontoggle() {
      if (!this.open) lookedInto.delete(source.name);
      else if (!lookedInto.has(source.name)) loadItems(source.name).then(redraw, tellWrong);
    } }, h("summary", "Last items", unseen(` of ${source.name}`)), itemList(lookedInto.get(source.name))));
}

function itemList(items) {
  if (!items) return h("p.note", "Looking …");
  if (!items.length) return h("p.note", "It has shown nothing yet.");
  return h("ol.items", items.map((item) => h("li", { key: `item-${item.id}` },
    h("p.item-title", { dir: "auto" }, goodAddress(item.link) ? outside(item.link, item.title || item.link) : item.title || item.link || "(no title)"),
    h("p.facts", time(item.seen), h("span", { dir: "auto" }, item.verdict),
      (item.posts ?? []).map((id) => postLink(id)),
      item.link && goodAddress(item.link) ? h("a", { href: `#/why/${encodeURIComponent(item.link)}` }, "why", unseen(` ${item.title}`)) : null))));
}
