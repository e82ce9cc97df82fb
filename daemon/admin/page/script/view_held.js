/* What needs a person, and why. */

const heldFor = {
  approval: ["Waits for approval", "The account, source or entry wants a person to read each post first."],
  person: ["Held by a person", "Somebody kept it back."],
  fuse: ["A fuse has tripped", "More came at once than is likely to be meant. Look whether it is, then let it go or cancel it."],
  media: ["Pictures", "Something is wrong with its media."],
  content: ["Content", "The server would not take it as it is."],
  account: ["Account", "Its account needs you first."],
  restored: ["After a backup was put back", "It may be on the server already."],
};

views.held = {
  title: "Held",

  async load(route, signal) {
    const limit = Math.min(Number(route.query.get("limit")) || 200, mostShown);
    const of = (state, more) => getPosts({ state, ...more }, limit, signal);
    const [held, doubt, failed] = await Promise.all([of("held"), of("doubt"), of("failed", { since: "720h" })]);
    return { limit, held, doubt, failed };
  },

  render({ limit, held, doubt, failed }, route) {
    if (!held.length && !doubt.length && !failed.length)
      return nothing("Nothing needs you.", h("p", "What waits for approval, what is uncertain and what has failed shows here, with what you can do."));
    const groups = new Map();
    for (const post of held) {
      if (!groups.has(post.code)) groups.set(post.code, []);
      groups.get(post.code).push(post);
    }
    for (const posts of groups.values()) posts.cut = held.cut;
    return [
      held.cut ? h("p.note", { key: "cut" }, `The newest ${numberWords.format(limit)} of ${numberWords.format(world.status?.outbox?.held ?? held.length)} held posts are shown.`) : null,
      [...groups].map(([code, posts]) => {
        const [title, words] = heldFor[code] ?? (posts[0].in_doubt ? ["May be there already", "Nobody can say whether it was published."] : ["Held", ""]);
        return heldGroup(`held-${code}`, title, words, posts, allButtons(code, title.toLowerCase(), posts, held.cut));
      }),
      heldGroup("doubt", "In doubt", "A reply was lost. crier looks whether it was published, and goes on by itself where that can be told.", doubt),
      heldGroup("failed", "Failed", "Given up in the last 30 days. It stays here until it is sent again, or has been for 30 days.", failed),
      held.cut || doubt.cut || failed.cut ? moreOf(limit, (change) => routeWith(route, change)) : null,
    ];
  },
};

function heldGroup(key, title, words, posts, all) {
  if (!posts.length) return null;
  return h("section", { key: key, "aria-labelledby": `group-${key}` },
    h("div.bar",
      h("h2", { id: `group-${key}`, class: "grow", tabindex: -1 }, title, h("span.tally", posts.cut ? `${numberWords.format(posts.length)} shown` : count(posts.length, "post"))), all),
    words ? h("p.note", words) : null,
    h("ul.cards", posts.map((post) => heldCard(post))));
}

function heldCard(post) {
  return h("li.card", { key: `post-${post.id}` },
    h("div.card-head",
      h("h3", postLink(post.id)),
      h("p.facts", accountMark(post.account), originLink(post.origin),
        h("span", "due ", time(post.due)), partOf(post),
        post.expires ? h("span", "expires ", time(post.expires)) : null)),
    bodyOf(post));
}
