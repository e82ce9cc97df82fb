/* One post with all that is known of it; and why a thing is as it is. */

views.post = {
  title: (route) => `Post ${route.path[0] ?? ""}`,
  own: true, // another path is another thing

  async load(route, signal) {
    const id = route.path[0];
    const [post, why] = await Promise.all([get(`/v1/outbox/${encodeURIComponent(id)}`, {}, signal), get("/v1/why", { about: id }, signal).catch(() => null)]);
    return { post, why };
  },

  render({ post, why }) {
    return [
      h("section.card.lone", { "aria-label": "What it says" },
        h("p.facts", accountMark(post.account), originLink(post.origin), stateMark(post.state),
          post.status_url ? outside(post.status_url, "on the server") : null),
        bodyOf(post, true)),
      post.amendment ? amendmentOf(post.amendment) : null,
      why ? section("chain", "From where it came to now", chainOf(why.chain, post.id)) : null,
      section("attempts", "Attempts",
        post.tries.length ? h("ol.tries", post.tries.map(attemptOf)) : h("p.note", "None yet.")),
      section("all", "All of it", allOf(post)),
    ];
  },
};

const amendmentOf = (amendment) => h("section", { "aria-labelledby": "amendment" },
  h("h2", { id: "amendment" }, amendment.kind === "edit" ? "An edit" : "A deletion"),
  facts([["Asked by", `a ${amendment.by}`], ["Asked", amendment.asked && time(amendment.asked)],
    ["Next", !amendment.closed && amendment.next && time(amendment.next)], ["State", amendment.closed ? "done with" : "it waits its turn"],
    ["Note", amendment.note && h("span", { dir: "auto" }, amendment.note)], ["New text", amendment.text && said(amendment.text, { tag: "span" })]]));

function attemptOf(one) {
  const took = one.finished ? lengthWords(new Date(one.finished) - new Date(one.started)) : null;
  return h("li", { key: `try-${one.number}` },
    h("p", h("strong", `${one.number}. `, time(one.started, formats.full.format(new Date(one.started))))),
    h("p.facts", h("span", one.outcome || "on its way"), one.http ? h("span.figure", `HTTP ${one.http}`) : null,
      took ? h("span.figure", took) : null),
    remark(one.detail),
    one.key ? h("p.note", "Key ", h("code", one.key)) : null);
}

const allOf = (post) => facts([
  ["Account", accountMark(post.account)],
  ["Origin", originLink(post.origin)],
  ["Item", post.item && h("bdi", post.item)],
  ["Due", time(post.due, formats.full.format(new Date(post.due)))],
  ["Planned", post.planned && post.planned !== post.due && time(post.planned, formats.full.format(new Date(post.planned)))],
  ["Next attempt", post.next !== post.due && ["waiting", "ready", "retrying"].includes(post.state) && time(post.next, formats.full.format(new Date(post.next)))],
  ["Expires", post.expires && time(post.expires)],
  ["Published", post.published && [time(post.published, formats.full.format(new Date(post.published))), `, ${lateWords(post)}`]],
  ["Attempts", String(post.attempts)],
  ["Visibility", visibilities[post.visibility] ?? post.visibility],
  ["Language", post.language],
  ["Part", post.parts > 1 && `${post.part} of ${post.parts}`],
  ["Replies to", post.in_reply_to && h("bdi", post.in_reply_to)],
  ["Quotes", post.quote && h("bdi", post.quote)],
  ["Format", post.content_type],
  ["Status", post.status_id && (post.status_url ? outside(post.status_url, post.status_id) : post.status_id)],
  ["Edited", post.edited && time(post.edited)],
  ["Taken back", post.undone && time(post.undone)],
  ["Pinned", post.pin && "yes"],
]);

/* The chain of `crier why`. */
function chainOf(chain, own) {
  return h("ol.chain", chain.map((step, i) => h("li", { key: `step-${i}`, class: step.at ? null : "now" },
    h("p.step-when", step.at ? time(step.at) : "now"),
    h("div",
      h("p", { dir: "auto" }, step.text),
      step.until || step.then ? h("p.note", step.until ? ["until ", time(step.until)] : null, step.then ? `${step.until ? ", " : ""}${step.then}` : null) : null,
      advice(step.action) ? h("p.hint", { dir: "auto" }, "What you can do: ", advice(step.action)) : null,
      step.account || (step.post && step.post !== own) ? h("p.facts", step.account && own === undefined ? accountMark(step.account) : null,
        step.post && step.post !== own ? postLink(step.post) : null) : null))));
}

views.why = {
  title: (route) => route.path[0] ?? "Why",
  heading: (route) => originWords(route.path[0] ?? ""),
  own: true,

  async load(route, signal) {
    const about = route.path[0] ?? "";
    const [why, posts] = await Promise.all([get("/v1/why", { about }, signal),
      /^(source|entry):/.test(about) ? get("/v1/outbox", { origin: about, limit: 20 }, signal).catch(() => null) : null]);
    return { about, why, posts: posts?.posts ?? [] };
  },

  render({ about, why, posts }) {
    const target = ["source", "entry", "account"].includes(why.kind) ? `${why.kind}:${why.name}` : null;
    const resting = why.chain.some((step) => step.step === "paused" || step.step === "fuse");
    return [
      target ? h("p.buttons", pauseButton(target, why.name, resting)) : null,
      section("chain", "From where it came to now", chainOf(why.chain)),
      posts.length ? section("posts", "Its last posts", h("ol.rows", posts.map(outRow)),
        h("p.more", h("a.button", { href: `#/out?state=any&origin=${encodeURIComponent(about)}` }, "All of them"))) : null,
    ];
  },
};
