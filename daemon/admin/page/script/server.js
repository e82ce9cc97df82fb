/* What is asked of the daemon. */

class Refused extends Error {
  constructor(message, hint, status) {
    super(message);
    this.hint = hint ?? "";
    this.status = status ?? 0;
  }
}

const session = { csrf: "", signedIn: false, tokenNeeded: false, onLost: () => {}, onSilence: () => {} };

/* How long an answer may take. What has much to do or to send gets more. */
const patience = { usual: 10 * second, long: 120 * second, silence: 40 * second };

/* The answer's JSON, or Refused with message and hint. `body`: an object, or a Blob as it is. */
async function ask(method, path, body, signal, again = false) {
  const control = new AbortController();
  const end = () => control.abort(signal.reason);
  if (signal?.aborted) end();
  signal?.addEventListener("abort", end);
  let late = false;
  const long = body instanceof Blob || /^\/v1\/outbox\/[a-z]+(\?|$)/.test(path); // a file; all that are like something
  const timer = setTimeout(() => {
    late = true;
    control.abort();
  }, long ? patience.long : patience.usual);
  try {
    return await exchange(method, path, body, control.signal, again);
  } catch (error) {
    if (!late) throw error;
    session.onSilence();
    throw new Refused("crier does not answer", method === "GET" ? "Perhaps it hangs, or the way to it is slow."
      : "Perhaps it hangs. Whether it was done is not known: look before you do it again. What you typed is still here.");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

async function exchange(method, path, body, signal, again) {
  const headers = {};
  if (method !== "GET") headers["X-Crier-CSRF"] = session.csrf;
  if (body instanceof Blob) headers["Content-Type"] = body.type || "application/octet-stream";
  else if (body) headers["Content-Type"] = "application/json";
  let answer;
  try {
    const sent = body instanceof Blob || body === undefined ? body : JSON.stringify(body);
    answer = await fetch(path, { method, headers, body: sent, signal, cache: "no-store" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("crier does not answer", "Is the daemon running, and the way to it open? What you typed is still here.");
  }
  let said = null;
  try {
    said = await answer.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    if (answer.ok) throw new Refused("the answer was cut off", "Try it again.", answer.status);
  }
  if (answer.ok) return said;
  // Signed in anew in another tab: nothing was done, and the secret is another one.
  if (answer.status === 403 && method !== "GET" && !again && (await readSession()).csrf !== headers["X-Crier-CSRF"])
    return exchange(method, path, body, signal, true);
  if (answer.status === 401 && path !== "/v1/session") session.onLost();
  throw new Refused(said?.error ?? `crier answered with ${answer.status}`, said?.hint, answer.status);
}

const get = (path, parameters, signal) => ask("GET", path + query(parameters), undefined, signal);
/* Posts that fit, `most` of them; `cut`: there are more. The daemon answers with a piece of a long list at a time. */
async function getPosts(parameters, most, signal) {
  const posts = [];
  let after;
  do {
    const piece = await get("/v1/outbox", { ...parameters, limit: Math.min(most - posts.length, 1000), after }, signal);
    posts.push(...piece.posts);
    after = piece.after ?? undefined;
  } while (after && posts.length < most);
  return Object.assign(posts, { cut: Boolean(after) });
}

const post = (path, body, signal) => ask("POST", path, body ?? {}, signal);

/* "?a=1&b=2" of what is not empty; a list gives its name more than once. */
function query(parameters) {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters ?? {}))
    for (const one of [value].flat()) if (one !== undefined && one !== null && one !== "") all.append(name, one);
  const text = all.toString();
  return text ? `?${text}` : "";
}

async function readSession() {
  const said = await get("/v1/session");
  session.signedIn = said.signed_in;
  session.tokenNeeded = said.token_needed;
  session.csrf = said.csrf ?? "";
  return session;
}

async function signIn(token) {
  const said = await post("/v1/session", { token });
  session.csrf = said.csrf ?? "";
  session.signedIn = true;
}

async function signOut() {
  await post("/v1/session/end");
  session.signedIn = false;
  session.csrf = "";
}

/* Tells of changes for as long as it is asked to, through breaks of the connection and restarts of the daemon.
   `on.up()` when it hears again (all may be different by then), `on.down()` when it does not, `on.change(what)`.
   A daemon that has nothing to tell says `ping` every 25 s: one that is silent for longer hangs, or the way to it is cut. */
function listenFor(on) {
  let source = null;
  let timer = 0;
  let watch = 0;
  let pause = second;
  let asking = false;
  let ended = false;

  function heard(next = patience.silence) {
    clearTimeout(watch);
    watch = setTimeout(lose, next);
  }

  function lose() {
    if (ended || source.readyState === EventSource.CLOSED) return; // it is being asked for already
    on.down();
    source.close(); // the browser's own way of coming back gives up after an answer that is no stream
    clearTimeout(watch);
    clearTimeout(timer);
    timer = setTimeout(again, pause);
    pause = Math.min(pause * 2, 15 * second);
  }

  /* One at a time: a browser has few connections to one place. */
  function open() {
    source?.close();
    const own = new EventSource("/v1/events");
    source = own;
    heard(patience.usual);
    own.addEventListener("hello", () => {
      pause = second;
      heard();
      on.up();
    });
    own.addEventListener("ping", () => heard());
    own.addEventListener("change", (event) => {
      heard();
      try {
        on.change(JSON.parse(event.data));
      } catch {
        on.change({ what: "all" });
      }
    });
    own.addEventListener("error", () => {
      if (source === own) lose();
    });
  }

  async function again() {
    if (ended || asking) return;
    asking = true;
    try {
      await readSession();
    } catch {
      clearTimeout(timer);
      timer = setTimeout(again, pause);
      pause = Math.min(pause * 2, 15 * second);
      return;
    } finally {
      asking = false;
    }
    if (ended) return;
    if (!session.signedIn) session.onLost();
    else open();
  }

  open();
  return {
    end() {
      ended = true;
      clearTimeout(timer);
      clearTimeout(watch);
      source?.close();
    },
    lose,
    now() {
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      pause = second;
      again();
    },
  };
}
