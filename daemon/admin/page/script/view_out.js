/* What went out, newest first. */

const outStates = [
  ["", "published"],
  ["ended", "all that ended"],
  ["failed", "failed"],
  ["expired", "expired"],
  ["cancelled", "cancelled"],
  ["deleted", "deleted"],
  ["any", "all posts"],
];
const statesOf = { __proto__: null, "": ["published"], ended: ["published", "failed", "expired", "cancelled", "deleted"], any: [] };
const page = 30;

views.out = {
  title: "Out",
  heading: "Went out",

  async load(route, signal) {
    const of = (name) => route.query.get(name) ?? "";
    const limit = Math.min(Number(of("limit")) || page, mostShown);
    const chosen = of("state");
    const posts = await getPosts({
      state: statesOf[chosen] ?? [chosen], account: of("account"), grep: of("grep"), origin: of("origin") }, limit, signal);
    return { posts, more: posts.cut, limit, chosen, of };
  },

  render(data, route) {
    const set = (change) => routeWith(route, { limit: "", ...change });
    const origin = data.of("origin");
    const filtered = data.of("account") || data.of("grep") || origin || data.chosen;
    return [
      h("div.bar", { role: "search", "aria-label": "Posts" },
        choice("State", outStates, data.chosen, (state) => go(set({ state }), true)),
        accountChoice(data.of("account"), (account) => go(set({ account }), true)),
        h("div.choice.grow", { key: "grep" }, h("label", { for: "grep" }, "Text"),
          h("input", { id: "grep", type: "search", value: data.of("grep"), oninput() {
            clearTimeout(typing);
            typing = setTimeout(() => go(set({ grep: this.value.trim() }), true), 300);
          } })),
        origin ? h("p.choice", h("span", "Only from ", originLink(origin)), " ", h("a", { href: set({ origin: "" }) }, "from all")) : null),
      data.posts.length
        ? h("ol.rows", data.posts.map(outRow))
        : nothing(filtered ? "No post is like that." : "Nothing went out yet.", filtered ? h("p", h("a", { href: "#/out" }, "Show all that went out")) : h("p", h("a", { href: "#/next" }, "What goes out next"))),
      data.more ? moreOf(data.limit, set, data.limit < 200 ? page * 2 : data.limit) : null,
    ];
  },
};

let typing = 0;

function outRow(post) {
  const when = post.published ?? post.due;
  return postRow(post, {
    at: [time(when, clockOf(when)), h("span.ago", formats.short.format(new Date(when)).replace(",", ""))],
    facts: [originLink(post.origin), post.state === "published" ? null : stateMark(post.state),
      lateMark(post), partOf(post),
      post.status_url ? outside(post.status_url, "on the server", unseen(` (post ${post.id})`)) : null,
      postLink(post.id)],
    below: post.state !== "published" && reason(post.reason),
  });
}

function lateMark(post) {
  const words = post.state === "published" ? lateWords(post) : "";
  return words ? h("span", { class: words === "on time" ? "figure" : "figure late" }, words) : null;
}
