/* What several views are made of. */

/* A state in a word and a sign; its colour says nothing that those do not. */
function stateMark(state, words) {
  const [name, tone, sign] = states[state] ?? [state, "warn", "doubt"];
  return h("span", { class: `state ${tone}` }, icon(sign), words ?? name);
}

/* One of ten hues: by the place among the accounts, so that few of them share one; others always have the same. */
function hueOf(name) {
  const at = [...(world.status?.accounts ?? [])].map((account) => account.name).sort().indexOf(name);
  if (at >= 0) return at % 10;
  let sum = 2166136261;
  for (const point of name) sum = Math.imul(sum ^ point.codePointAt(0), 16777619) >>> 0;
  return (sum >>> 16) % 10;
}

const accountMark = (name) => h("span", { class: `account hue-${hueOf(name)}` }, h("bdi", name));

const postLink = (id, ...words) => h("a", { href: `#/post/${id}` }, words.length ? words : `Post ${id}`);

/* Where it came from: a link to why it is as it is, but for what a person made. */
function originLink(origin) {
  if (!origin || origin === "manual") return h("span", "by hand");
  return h("a", { href: `#/why/${encodeURIComponent(origin)}` }, h("bdi", originWords(origin)));
}

const brokenPictures = new Set();

/* Pictures of a post, with what they show in words. `id`: the post that has them; null: there is none yet. */
function pictures(id, media, { large = false, whole = false } = {}) {
  if (!media?.length) return null;
  return h("ul", { class: large ? "pictures large" : "pictures" }, media.map((one, i) => {
    const from = id === null ? null : `/v1/outbox/${id}/media/${i + 1}`;
    const isPicture = !one.type || one.type.startsWith("image");
    const alt = one.alt ? altWords(one.alt, whole ? null : id) : h("span.alt.none", "no alt text");
    const shown = from && isPicture && !brokenPictures.has(from);
    return h("li", { key: `picture-${i}` },
      shown ? h("a.thumb", { href: from, target: "_blank" },
        h("img", { src: from, alt: one.alt || `Picture ${i + 1}, no alt text`, loading: "lazy", onerror() {
          brokenPictures.add(from);
          this.closest("li").replaceChildren(pictureSign(), alt);
        } })) : pictureSign(),
      large || !shown ? alt : null);
  }));
}
/* Long ones fill a list: the post's own view has all of it. */
const altWords = (alt, id) => (id === null || alt.length < 320 ? h("span.alt", { dir: "auto" }, alt)
  : h("span.alt", { dir: "auto" }, [...alt].slice(0, 260).join("").replace(/\s\S{0,40}$/, ""), "… ", h("a", { href: `#/post/${id}` }, "all of it", unseen(" (alt text)"))));
const pictureSign = () => h("span.thumb.none", icon("picture"));

/* Words of others, where there are any. */
const reason = (text) => (text ? h("p.reason", { dir: "auto" }, text) : null);
const remark = (text) => (text ? h("p.note", { dir: "auto" }, text) : null);
const warningOf = (post) => (post.spoiler_text ? h("p.warning", "Content warning: ", h("bdi", post.spoiler_text)) : null);
const partOf = (post) => (post.parts > 1 ? h("span", `part ${post.part} of ${post.parts}`) : null);

/* All that a person needs to decide on a post. */
const bodyOf = (post, whole = false) => [post.code === "approval" ? null : reason(post.reason), warningOf(post),
  said(post.text || "(no text)", { class: "words", lang: post.language || null }),
  post.poll ? h("ul.poll", post.poll.options.map((option) => h("li", { dir: "auto" }, option))) : null,
  pictures(post.id, post.media, { large: true, whole }), actionBar(post)];

/* One post in a list. `facts` stand beside its account; `below` under its text. */
function postRow(post, { at, facts = [], below = null, clamp = true } = {}) {
  return h("li.row", { key: `post-${post.id}` },
    h("div.at", at),
    h("div.what",
      h("p.facts", accountMark(post.account), facts),
      warningOf(post),
      h("a", { href: `#/post/${post.id}`, class: "open" },
        said(post.text || "(no text)", { plain: true, tag: "span", class: clamp ? "clamp" : "" })),
      pictures(post.id, post.media), below));
}

const section = (id, title, ...content) => h("section", { "aria-labelledby": id }, h("h2", { id }, title), content);

/* What a list shows when there is nothing. */
const nothing = (words, ...more) => h("div.nothing", h("p", words), more);

const mostShown = 2000; // posts in one list: more is nothing that a person reads

/* Below a list of which there is more than `limit`. */
function moreOf(limit, here, step = limit) {
  return limit < mostShown
    ? h("p.more", { key: "more" }, h("a.button", { "data-more": "", href: here({ limit: Math.min(limit + step, mostShown) }) }, "Show more"))
    : h("p.note.more", { key: "more" }, `The newest ${numberWords.format(mostShown)} are shown; there are more. A narrower choice shows the others, and so does crier outbox list.`);
}

/* A choice among accounts: only where there are several. */
function accountChoice(value, onchange) {
  const names = (world.status?.accounts ?? []).map((account) => account.name);
  for (const gone of world.status?.gone_accounts ?? []) names.push(gone.name);
  if (names.length < 2 && !value) return null;
  if (value && !names.includes(value)) names.push(value);
  return choice("Account", [["", "all accounts"], ...names.map((name) => [name, name])], value, onchange);
}

function choice(label, options, value, onchange) {
  const id = `choice-${label.toLowerCase().replace(/\W+/g, "-")}`;
  return h("div.choice", { key: id }, h("label", { for: id }, label),
    h("select", { id, value: value ?? "", onchange() {
      onchange(this.value);
    } }, options.map(([of, words]) => h("option", { value: of }, words))));
}

/* How much of a limit is left; the words say all of it. */
function gauge({ label, limit, remaining, reset }) {
  const left = Math.max(0, Math.min(limit, remaining));
  const share = limit > 0 ? left / limit : 0;
  const tone = share <= 0.1 ? "bad" : share <= 0.3 ? "warn" : "good";
  const words = `${numberWords.format(left)} of ${numberWords.format(limit)} left`;
  return h("div",
    h("div.gauge-words", h("span", label), h("span.figure", words)),
    h("div", { class: `meter ${tone}`, role: "meter", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": limit,
      "aria-valuenow": left, "aria-valuetext": words },
    h("div.fill", { css: { width: `${(share * 100).toFixed(1)}%` } })),
    reset && left < limit ? h("p.hint", left === 0 ? "next at " : "more from ", time(reset)) : null);
}

/* Pairs of a name and what it is; those that are nothing are left out. */
function facts(pairs) {
  const given = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false);
  return h("dl.pairs", given.map(([name, value]) => h("div", h("dt", name), h("dd", value))));
}
