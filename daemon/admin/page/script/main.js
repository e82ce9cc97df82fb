/* The page as a whole: which view is shown, when it is made anew, and what stands above all of them. */

/* What more than one view knows. */
const world = { status: null, accounts: null };

const main = document.getElementById("main");
const viewHere = document.getElementById("view");
const bannersHere = document.getElementById("banners");
const nav = document.getElementById("nav");
const foot = document.getElementById("foot");

const navigation = [
  ["next", "Next", "next"],
  ["out", "Out", "out"],
  ["held", "Held", "hand"],
  ["accounts", "Accounts", "people"],
  ["sources", "Sources", "feed"],
  ["compose", "Compose", "pen"],
  ["numbers", "Numbers", "bars"],
];

/* Limits and rules of the accounts, asked for once and after a change. */
async function knowAccounts() {
  if (!world.accounts) world.accounts = (await get("/v1/accounts")).accounts;
  return world.accounts;
}

function routeOf(hash) {
  const [path, search] = hash.replace(/^#?\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const known = views[parts[0]] && (parts.length > 1 || !["post", "why"].includes(parts[0]));
  const view = known ? parts[0] : "next";
  return { view, path: known ? parts.slice(1) : [], query: new URLSearchParams(search ?? ""), hash };
}

/* The address of a route with other parameters; what is empty is left out. */
function routeWith(route, change) {
  const all = { ...Object.fromEntries(route.query), ...change };
  return `#/${[route.view, ...route.path].map(encodeURIComponent).join("/")}${query(all)}`;
}

/* `route` is where we want to be, `shown` what is on the screen: {route, data, error}. */
const current = { route: null, shown: null, arrival: null, loading: null, took: 0, places: new Map(), clicked: false,
  known: null, more: null, signedIn: false }; // when all was asked for last; what was there before more of it; just now

/* `quietly`: in the place of where we are, as a filter does. */
function go(hash, quietly = false) {
  current.clicked = true;
  if (hash === location.hash) show();
  else if (quietly) {
    history.replaceState(null, "", hash);
    show();
  } else location.hash = hash;
}

/* Which thing a route shows: others of the same view are other ways to look at it. */
const whichOf = (route) => route.view + (views[route.view].own ? "/" + route.path.join("/") : "");
const wordsOf = (value, route) => (typeof value === "function" ? value(route) : value);

/* Shows what the address says. */
async function show() {
  const route = routeOf(location.hash);
  const before = current.route;
  const same = before && whichOf(before) === whichOf(route);
  const back = before && !current.clicked;
  current.clicked = false;
  if (before && !same) current.places.set(before.hash, scrollY);
  current.route = route;
  if (!same) current.arrival = { before, back };
  drawNav();
  await load();
}

/* Somewhere else than before: where the focus goes, and what is in sight. */
function arrive({ before, back }) {
  const from = back ? viewHere.querySelector(`a[href="${CSS.escape(before.hash)}"]`) : null;
  if (before) (from ?? document.getElementById("title"))?.focus({ preventScroll: true });
  scrollTo(0, back ? current.places.get(current.route.hash) ?? 0 : 0);
}

/* Asks for what the view shows, and draws it, unless something newer takes its place. */
async function load() {
  const route = current.route;
  current.loading?.abort();
  const control = new AbortController();
  current.loading = control;
  main.setAttribute("aria-busy", "true");
  const begun = performance.now();
  try {
    const view = views[route.view];
    const [status, data] = await Promise.all([
      get("/v1/status", {}, control.signal),
      view.load(route, control.signal)]);
    world.status = status;
    current.known = new Date();
    current.shown = { route, data, error: null };
  } catch (error) {
    if (error.name === "AbortError" || control.signal.aborted) return;
    if (error.status === 401) return; // the sign-in has taken over
    const same = current.shown && whichOf(current.shown.route) === whichOf(route);
    current.shown = { route, data: same ? current.shown.data : null, error };
  }
  if (current.loading !== control) return;
  current.loading = null;
  current.took = performance.now() - begun;
  main.removeAttribute("aria-busy");
  redraw();
  if (current.arrival) arrive(current.arrival);
  current.arrival = null;
  if (current.more) focusNew(current.more);
  current.more = null;
  if (current.signedIn) document.getElementById("title")?.focus({ preventScroll: true });
  current.signedIn = false;
}

/* Whoever asked for more goes on where it begins. `known`: the keys of what was there. */
const keysShown = () => new Set([...viewHere.querySelectorAll("li[data-key]")].map((item) => item.dataset.key));
function focusNew(known) {
  const first = [...viewHere.querySelectorAll("li[data-key]")].find((item) => !known.has(item.dataset.key) && item.querySelector("a[href], button"));
  first?.querySelector("a[href], button").focus();
}

/* Draws what is known, anew: as a view's own button asks for, or because a while has gone. */
function redraw() {
  if (!current.shown || !session.signedIn) return;
  const { route, data, error } = current.shown;
  const view = views[route.view];
  const heading = wordsOf(view.heading ?? view.title, route);
  const content = [h("h1", { id: "title", tabindex: -1, key: "title" }, heading)];
  if (error)
    content.push(h("div.nothing.wrong", { key: "error", role: "alert" }, h("p", wrongWords(error)),
      h("p", h("button", { onclick: () => show() }, "Try again"))));
  if (data) content.push(h("div", { class: `view ${route.view}`, key: whichOf(route) }, view.render(data, route)));
  const focused = document.activeElement;
  const place = focusPlace(focused);
  const arrived = drawn !== whichOf(route);
  drawn = whichOf(route);
  guarded(() => {
    mend(viewHere, content);
    drawBanners();
  }, arrived);
  if (place) keepFocus(focused, place);
  document.title = `${heldCount() ? `(${heldCount()}) ` : ""}${wordsOf(view.title, route)} · crier`;
  drawNav();
}

/* A list that moves up brings the next post's button below the pointer, where a second press is on its way that was meant
   for the first: buttons that moved, or were not there before, take no press of a pointer for a moment. */
const settling = 700; // ms: the slowest double click
const restingUntil = new WeakMap(); // button -> when it takes presses again
let drawn = null; // which view was drawn last

function guarded(draw, arrived = false) {
  const buttons = () => [...viewHere.querySelectorAll(".actions button")];
  const stood = new Map(buttons().map((button) => [button, button.getBoundingClientRect()]));
  draw();
  if (arrived) return; // all of it is new, and nobody aims at it yet
  // All are measured before one is touched: each change would have the whole list laid out anew.
  const moved = buttons().map((button) => [button, button.getBoundingClientRect()]).filter(([button, now]) => {
    const before = stood.get(button);
    return !before || Math.abs(before.top - now.top) >= 8 || Math.abs(before.left - now.left) >= 8;
  });
  for (const [button, { top, bottom }] of moved) {
    restingUntil.set(button, performance.now() + settling);
    if (bottom > 0 && top < innerHeight) // the others nobody sees
      button.animate({ opacity: [0.45, 0.45], pointerEvents: ["none", "none"] }, settling);
  }
}

/* Where the focus is among the things that a list has, in case the one that has it goes. */
function focusPlace(element) {
  const item = element?.closest?.("#view li[data-key]");
  if (!item) return element && viewHere.contains(element) ? {} : null;
  return { list: item.parentElement, index: [...item.parentElement.children].indexOf(item) };
}
function keepFocus(element, { list, index }) {
  if (element.isConnected) {
    if (document.activeElement !== element) element.focus({ preventScroll: true });
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  const item = list?.isConnected ? list.children[Math.min(index, list.children.length - 1)] : null;
  (item?.querySelector("a[href], button") ?? document.getElementById("title"))?.focus({ preventScroll: true });
}

const heldCount = () => (world.status?.outbox?.held ?? 0) + (world.status?.outbox?.doubt ?? 0);
const allPaused = () => Boolean(world.status?.accounts?.length) && world.status.accounts.every((account) => account.state === "paused");

function drawNav() {
  const held = heldCount();
  mend(nav, h("ul", navigation.map(([view, words, sign]) => h("li", { key: view },
    h("a", { href: `#/${view}`, "aria-current": current.route?.view === view ? "page" : null }, icon(sign), h("span", words),
      view === "held" && held ? h("span.badge", held, unseen(held === 1 ? " post needs you" : " posts need you")) : null)))));
  const button = document.getElementById("pause-all");
  button.replaceChildren(icon(allPaused() ? "play" : "pause"), allPaused() ? "Resume everything" : "Pause everything");
  document.getElementById("zone").textContent = zoneWords();
}

const connection = { lost: null, heard: false };

function drawBanners() {
  const status = world.status;
  const trouble = (status?.accounts ?? []).filter((account) => account.state === "held");
  mend(bannersHere, [
    connection.lost ? h("div.banner.warn", { key: "lost", role: "alert" }, icon("again"),
      h("p", h("strong", "The connection to crier is lost. "), "What is shown is from ", time(connection.lost, clockOf(connection.lost)), "; it comes back by itself."),
      h("button", { onclick: () => listening?.now() }, "Try now")) : null,
    status && status.running === false ? h("div.banner.warn", { key: "stopped" }, icon("pause"), h("p", h("strong", "The daemon does not run."))) : null,
    allPaused() ? h("div.banner.warn", { key: "paused" }, icon("pause"),
      h("p", h("strong", "Everything is paused: nothing goes out. "), pausedWords(status.accounts[0])),
      h("button", { act: "resume-all", onclick() {
        attempt(this, () => resume("all", "Everything"));
      } }, icon("play"), "Resume everything")) : null,
    trouble.map((account) => h("div.banner.bad", { key: `account-${account.name}` }, icon("hand"),
      h("p", h("strong", "The account ", h("bdi", account.name), " is stopped: "), h("span", { dir: "auto" }, sentence(account.reason))),
      h("a.button", { href: "#/accounts" }, "Look"))),
  ]);
  const live = document.getElementById("live");
  live.className = connection.lost ? "live off" : "live";
  live.replaceChildren(icon(connection.lost ? "cross" : "check"), connection.lost ? "not connected" : "live");
}

const pausedWords = (account) => [account.reason ? sentence(account.reason) + " " : "", account.until ? ["Until ", time(account.until), "."] : ""];

/* What is shown is asked for anew; several wishes at once are one. */
async function refresh() {
  clearTimeout(refreshing);
  refreshing = 0;
  if (current.route && session.signedIn) await load();
}
let refreshing = 0;
/* What takes long is asked for less often: a fifth of the time at most. */
function refreshSoon() {
  if (!refreshing) refreshing = setTimeout(refresh, Math.max(300, 4 * current.took));
}

let listening = null;

const ears = {
  up() {
    connection.lost = null;
    if (connection.heard) refreshSoon();
    connection.heard = true;
    guarded(drawBanners);
  },
  down() {
    connection.lost ??= current.known ?? new Date();
    guarded(drawBanners);
  },
  change(change) {
    if (change.what === "account" || change.what === "all") world.accounts = null;
    refreshSoon();
  },
};

function listen() {
  listening?.end();
  listening = listenFor(ears);
}

/* The sign-in takes the place of the view, which stays as it was behind it with its dialogs and all that was typed. */
function showSignIn() {
  session.signedIn = false;
  listening?.end();
  listening = null;
  if (document.getElementById("sign-in")) return;
  parkDialogs();
  nav.hidden = foot.hidden = viewHere.hidden = bannersHere.hidden = true;
  document.title = "Sign in · crier";
  const token = h("input", { type: "password", id: "token", autocomplete: "current-password", required: true, spellcheck: "false" });
  const wrong = h("div", { role: "alert", class: "wrong" });
  const button = h("button", { type: "submit", class: "main" }, "Sign in");
  const form = h("form", { onsubmit: (event) => {
    event.preventDefault();
    attemptSignIn(token, button, wrong);
  } },
    h("h1", "Sign in"),
    h("input", { type: "text", name: "username", autocomplete: "username", value: "crier", hidden: true }),
    field("Token", token, ["The one that ", h("code", "admin: token:"), " in the configuration names. This browser is remembered for twelve hours."]),
    wrong, h("p.buttons", button));
  main.append(h("section", { id: "sign-in", class: "sign-in" }, form));
  token.focus();
}

async function attemptSignIn(token, button, wrong) {
  button.setAttribute("aria-busy", "true");
  try {
    await signIn(token.value);
    document.getElementById("sign-in").remove();
    begin();
    if (unparkDialogs()) return;
    const title = document.getElementById("title"); // none before the first load
    if (title) title.focus({ preventScroll: true });
    else current.signedIn = true;
  } catch (error) {
    mend(wrong, wrongWords(error));
    token.select();
    token.focus();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function begin() {
  nav.hidden = foot.hidden = viewHere.hidden = bannersHere.hidden = false;
  document.getElementById("sign-out").hidden = !session.tokenNeeded;
  connection.lost = null;
  show();
  listen();
}

session.onLost = showSignIn;
session.onSilence = () => listening?.lose();
document.getElementById("icon").href = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(document.querySelector(".logo")));

addEventListener("hashchange", () => {
  if (session.signedIn) show();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  const href = link.getAttribute("href");
  if (href === "#main") { // not a route
    event.preventDefault();
    main.focus();
  } else if (href.startsWith("#/")) {
    current.clicked = true;
    current.more = "more" in link.dataset ? keysShown() : null;
    if (href === location.hash) show();
  }
}, true);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".actions button");
  if (!button || !event.detail || !(restingUntil.get(button) > performance.now())) return; // 0: by the keyboard
  event.preventDefault();
  event.stopPropagation();
}, true);
document.getElementById("pause-all").addEventListener("click", function () {
  attempt(this, () => (allPaused() ? resume("all", "Everything") : pauseDialog("all", "Everything")));
});
document.getElementById("sign-out").addEventListener("click", function () {
  attempt(this, async () => {
    await signOut();
    forgetDraft(); // whoever has this tab next is another
    current.shown = null;
    for (const here of [viewHere, saidHere, wrongHere]) here.replaceChildren();
    showSignIn();
  });
});
// What is near in time is said anew now and then; a page that nobody sees does nothing.
setInterval(() => {
  if (!document.hidden && !document.querySelector("dialog[open]")) redraw();
}, 30 * second);
let width = innerWidth;
addEventListener("resize", () => {
  if (width === innerWidth) return; // plots are as wide as there is room
  width = innerWidth;
  requestAnimationFrame(redraw);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && session.signedIn) listening?.now();
});

(function start() {
  readSession().then(() => (session.signedIn ? begin() : showSignIn()), (error) => {
    tellWrong(error);
    setTimeout(start, 3 * second);
  });
})();
