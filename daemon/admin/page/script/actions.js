/* What may be done with a post or an origin: how it is called, what it will do, and doing it. */

const actionTable = { // its word, its sign, what sets it off
  approve: ["Approve", "check", "main"],
  release: ["Let it go", "check", "main"],
  retry: ["Send again", "again", "main"],
  edit: ["Edit text", "pen"],
  reschedule: ["Reschedule", "clock"],
  hold: ["Hold", "pause"],
  anew: ["Write anew", "pen"],
  cancel: ["Cancel post", "cross", "danger"],
  pin: ["Pin", "bolt"],
  unpin: ["Unpin", "bolt"],
  keep: ["Keep", "check"],
  delete: ["Delete", "cross", "danger"],
};

const goesOut = (post) =>
  new Date(post.due) > new Date() ? `goes out ${whenWords(post.due)}` : "goes out as soon as it may";

/* Which actions a post takes, in the order in which they are offered; each with what it will do. */
function actionsFor(post) {
  const untouched = post.attempts === 0 && !post.in_doubt;
  const twice = post.in_doubt ? " It may be there already: look at the account's page first." : "";
  const all = [];
  const may = (name, does) => all.push({ name, does, look: actionTable[name] });
  const edits = () => {
    if (!untouched) return;
    may("edit", "Change the words before it goes out; the state stays as it is.");
    if (post.part <= 1) may("reschedule", "Give it another time.");
  };
  switch (post.state) {
    case "waiting":
    case "ready":
    case "retrying":
      if (post.state === "retrying") may("retry", `Try it now instead of ${whenWords(post.next)}.`);
      edits();
      may("hold", "Keep it back until a person lets it go.");
      may("cancel", "It will not be posted.");
      break;
    case "held":
      if (post.code === "approval") may("approve", `It ${goesOut(post)}, as it is.`);
      else may("release", `It ${goesOut(post)}, as it is.${twice}`);
      edits();
      may("cancel", "It will not be posted.");
      break;
    case "doubt":
      may("retry", `Send it with a new key.${twice}`);
      may("cancel", "Let it rest as it is.");
      break;
    case "failed":
    case "expired":
    case "cancelled":
      may("retry", `Send it once more, as it is.${twice}`);
      may("anew", "Take its words into a new post.");
      break;
    case "published":
      may("edit", "Change its words on the server.");
      may(post.pin ? "unpin" : "pin", post.pin ? "Take it from the head of the account's page." : "Put it at the head of the account's page.");
      may("delete", "Take it from the server.");
      break;
    case "deleted":
      may("anew", "Take its words into a new post.");
      break;
  }
  if (post.amendment && !post.amendment.closed) may("keep", "What waits to be done with it is not done.");
  return all;
}

/* The buttons, and below them what the one will do that has the pointer or the focus; at first, the first. */
function actionBar(post) {
  const all = actionsFor(post);
  if (!all.length) return null;
  const does = h("p.does", { own: true, key: `does-${post.state}`, "aria-hidden": "true" }, all[0].does);
  const tellOf = (action) => (event) => {
    const bar = event.currentTarget.closest(".actions");
    const focused = all.find((one) => one.name === bar.querySelector("button:focus")?.dataset.act);
    const does = bar.querySelector(".does");
    if (does) does.textContent = (action ?? focused ?? all[0]).does; // none: the bar itself goes, and the focus with it
  };
  return h("div.actions", { key: "actions" },
    h("div.buttons", { onpointerleave: tellOf(null), onfocusout: tellOf(null) }, all.map((action) => {
      const id = `does-${post.id}-${action.name}`;
      return [h("button", { class: action.look[2],
        key: action.name, act: action.name, "aria-describedby": id,
        onclick() {
          attempt(this, () => perform(post, action.name));
        }, onfocus: tellOf(action), onpointerenter: tellOf(action) }, icon(action.look[1]), action.look[0],
        unseen(` (post ${post.id})`)),
      h("span", { id, hidden: true, key: id }, action.does)];
    })), does);
}

async function perform(post, name) {
  const which = `Post ${post.id}`;
  switch (name) {
    case "edit":
      return editDialog(post);
    case "reschedule":
      return rescheduleDialog(post);
    case "cancel":
      return confirmed(post, "cancel", `Cancel post ${post.id}?`, "It will not be posted. “Send again” brings it back.", "Cancel post");
    case "delete":
      return confirmed(post, "delete", `Delete post ${post.id} from the server?`,
        "Its likes and replies go with it. A deletion takes its turn: a Mastodon allows 30 in 30 minutes.", "Delete");
    case "anew":
      return writeAnew(post);
    case "retry":
    case "release":
      if (post.in_doubt)
        return confirmed(post, name, `Send post ${post.id}, which may be there already?`,
          "Nobody can say whether an earlier attempt published it. Look at the account's page: if it is there, cancel this. It is sent with a new key, and may then be there twice.",
          "Send it anyway", { anyway: true });
  }
  const answer = await actOn(post, name);
  tell(postLink(post.id, which), ` ${doneWords[name] ?? "is done"}`, whatNow(answer), ".");
  await refresh();
}

const versioned = new Set(["approve", "release", "retry", "cancel", "hold", "edit", "reschedule"]);

/* `of`: as it is on the screen. Where it is another by now nothing is done, for what was shown is what was decided on; the
   page shows what it is now. A dialog's `now(post)` takes that up, so that the same press again is meant for that. */
async function actOn(of, name, body, now) {
  try {
    return await post(`/v1/outbox/${of.id}/${name}`, versioned.has(name) ? { ...body, version: of.version } : body);
  } catch (error) {
    if (error.status !== 409) throw error;
    const [fresh] = await Promise.all([get(`/v1/outbox/${of.id}`).catch(() => null), refresh()]);
    if (!fresh || fresh.version === of.version) throw error;
    now?.(fresh);
    const what = changedWords(of, fresh);
    error.words = [h("strong", now ? `Post ${of.id}` : postLink(of.id), " has changed since it was shown, and nothing was done. "),
      what.length ? `Changed: ${what.join(", ")}. ` : "",
      "It is ", (states[fresh.state] ?? [fresh.state])[0], ", due ", time(fresh.due), ", and says now:",
      h("blockquote.quote", said(fresh.text || "(no text)", { plain: true, tag: "span", class: "clamp" })),
      h("span.hint", now ? "What you typed is still here. Press again if it is what you want." : "Press again if it is what you want.")];
    throw error;
  }
}

function changedWords(before, now) {
  const alts = (post) => JSON.stringify((post.media ?? []).map((one) => one.alt ?? ""));
  const files = (post) => (post.media ?? []).length;
  return [[before.state !== now.state, "its state"], [before.text !== now.text, "the text"],
    [(before.spoiler_text ?? "") !== (now.spoiler_text ?? ""), "the content warning"], [before.due !== now.due, "the time"],
    [files(before) !== files(now), "the pictures"], [files(before) === files(now) && alts(before) !== alts(now), "an alt text"],
    [before.visibility !== now.visibility, "who may see it"], [before.language !== now.language, "the language"]]
    .filter(([is]) => is).map(([, words]) => words);
}

const doneWords = {
  approve: "is approved", release: "is let go", retry: "is sent again", hold: "is held", cancel: "is cancelled",
  pin: "will be pinned", unpin: "will be unpinned", keep: "is left as it is", delete: "will be deleted",
};

function whatNow(answer) {
  if (!answer?.state) return "";
  if (answer.state === "waiting") return [": it goes out ", time(answer.next ?? answer.due)];
  if (answer.state === "ready") return ": it goes out now";
  return "";
}

function confirmed(post, name, title, words, yes, body) {
  return askFor({
    title, yes, danger: true, no: "Leave it as it is",
    body: [h("blockquote.quote", said(post.text || "(no text)", { plain: true, class: "clamp" })), h("p", words)],
    act: async () => {
      const answer = await actOn(post, name, body, (now) => {
        post = now;
      });
      tell(postLink(post.id), ` ${doneWords[name]}`, whatNow(answer), ".");
      await refresh();
    },
  });
}

function editDialog(post) {
  const text = h("textarea", { name: "text", rows: 8, dir: "auto", value: post.text });
  const counter = h("p.counter", { "aria-live": "off" });
  const warning = h("input", { name: "spoiler", value: post.spoiler_text ?? "", dir: "auto" });
  const alts = (post.media ?? []).map((one, i) => {
    const alt = h("textarea", { name: `alt-${i}`, rows: 2, dir: "auto", value: one.alt ?? "" });
    return [alt, one.alt ?? "", i + 1];
  });
  const recount = () => {
    const rules = world.accounts?.find((account) => account.name === post.account);
    const length = textLength(text.value, rules?.counts) + (rules?.counts?.warning === false ? 0 : textLength(warning.value));
    counter.textContent = rules?.limit ? `${length} of ${rules.limit} characters` : `${length} characters`;
    counter.classList.toggle("over", Boolean(rules?.limit && length > rules.limit));
  };
  text.addEventListener("input", recount);
  warning.addEventListener("input", recount);
  knowAccounts().then(recount, recount);
  return askFor({
    title: `Edit post ${post.id}`, yes: "Save",
    body: [
      post.state === "published" ? h("p", "It is published: the server shows the new words as an edit.") : null,
      field("Text", text), counter, field("Content warning", warning, "Empty: none."),
      alts.map(([alt, , i]) => field(`Alt text of ${post.media.length > 1 ? `picture ${i}` : "the picture"}`, alt))],
    act: async () => {
      const edit = {};
      if (text.value !== post.text) edit.text = text.value;
      if (warning.value !== (post.spoiler_text ?? "")) edit.spoiler_text = warning.value;
      const changed = alts.filter(([alt, before]) => alt.value !== before);
      if (changed.length) edit.alts = changed.map(([alt, , media]) => ({ media, alt: alt.value }));
      if (!Object.keys(edit).length) throw new Refused("nothing is changed", "Change something, or close this without saving.");
      await actOn(post, "edit", edit, (now) => {
        // What was not touched here becomes what it is now, or it would be put back.
        const take = (control, before, after) => {
          if (control.value === before) control.value = after;
        };
        take(text, post.text, now.text);
        take(warning, post.spoiler_text ?? "", now.spoiler_text ?? "");
        for (const one of alts) {
          const after = now.media?.[one[2] - 1]?.alt ?? "";
          take(one[0], one[1], after);
          one[1] = after;
        }
        post = now;
        recount();
      });
      tell(postLink(post.id), post.state === "published" ? " will be edited on the server." : " is changed.");
      await refresh();
    },
  });
}

function rescheduleDialog(post) {
  const from = Math.max(new Date(post.due).getTime(), Date.now() + 5 * minute);
  const at = h("input", { type: "datetime-local", name: "at", required: true, value: localInput(from) });
  const set = (ms) => () => {
    at.value = localInput(Date.now() + ms);
    at.dispatchEvent(new Event("input"));
  };
  return askFor({
    title: `Another time for post ${post.id}`, yes: "Reschedule",
    body: [timeField(at),
      h("p.buttons",
        [["in 1 hour", hour], ["in 3 hours", 3 * hour], ["in 1 day", dayLength]].map(([words, ms]) =>
          h("button", { class: "small", onclick: set(ms) }, words))),
      post.state === "held" ? h("p.hint", "It stays held: at that time it still waits for you.") : null],
    act: async () => {
      if (isPast(at.value)) throw new Refused("that time is past", "Choose a later one.");
      const answer = await actOn(post, "reschedule", { at: new Date(at.value).toISOString() }, (now) => {
        post = now;
      });
      tell(postLink(post.id), " is due ", time(answer.due), ".");
      await refresh();
    },
  });
}

/* `target`: "all", "account:news", "source:blog", "entry:greeting". */
function pauseDialog(target, name) {
  const length = h("select", { name: "for", value: "" },
    [["", "until somebody resumes it"], ["1h", "1 hour"], ["4h", "4 hours"], ["1d", "1 day"], ["7d", "7 days"]].map(([value, words]) =>
      h("option", { value }, words)));
  const why = h("input", { name: "why", maxlength: 200, autocomplete: "off" });
  return askFor({
    title: target === "all" ? "Pause everything?" : `Pause ${name}?`, yes: "Pause", danger: target === "all",
    body: [
      h("p", target.startsWith("source:") ? "It is not looked at meanwhile; what is new then comes afterwards."
        : target.startsWith("entry:") ? "It fires no more meanwhile; what of that is made up for, its “missed” says."
          : "Nothing goes out meanwhile; what becomes due waits. A request that is on its way is finished."),
      field("For how long", length), field("Why", why, "For whoever asks later; may be empty.")],
    act: async () => {
      const answer = await post("/v1/pause", { target, for: length.value, why: why.value });
      const flying = answer.in_flight?.length ? [" On its way, and finished: ", answer.in_flight.map((id, i) => [i ? ", " : "", postLink(id)]), "."] : "";
      tell(target === "all" ? "Everything is paused." : `${name} is paused.`, flying);
      await refresh();
    },
  });
}

async function resume(target, name) {
  await post("/v1/resume", { target });
  tell(target === "all" ? "Everything goes on." : `${name} goes on.`);
  await refresh();
}

/* A button that pauses, or goes on where it is paused. */
function pauseButton(target, name, paused) {
  return h("button", { key: "pause", act: paused ? "resume" : "pause", onclick() {
    attempt(this, () => (paused ? resume(target, name) : pauseDialog(target, name)));
  } }, icon(paused ? "play" : "pause"), paused ? "Resume" : "Pause", unseen(` ${name}`));
}

/* The same with all that wait for one reason, of which `posts` are those that are shown; `cut`: there are more. */
function allButtons(code, words, posts, cut) {
  if (posts.length < 2) return null;
  const shownCount = cut ? "" : ` ${posts.length}`;
  const all = (name, does, danger) => h("button", { class: danger ? "danger small" : "small", act: `${name}-all`, onclick() {
    attempt(this, async () => {
      const those = { state: "held", reason: code };
      const n = (await getPosts(those, 1e5)).length;
      if (!n) throw new Refused("none of them is held any more");
      await askFor({
        title: `${does} all ${numberWords.format(n)}?`, yes: `${does} all ${numberWords.format(n)}`, danger,
        body: [h("p", `All posts that are held for this reason: ${words}. Also such as come while you read this.`),
          n > posts.length ? h("p", h("strong", `${numberWords.format(n - posts.length)} of them are not shown.`)) : null],
        act: async () => {
          const answer = await post(`/v1/outbox/${name}${query(those)}`, {});
          const left = answer.left?.length ? ` ${count(answer.left.length, "post")} could not be: ${answer.left[0].error}.` : "";
          tell(`${count(answer.done, "post")}: ${name === "cancel" ? "cancelled" : "let go"}.${left}`);
          await refresh();
        },
      });
    });
  } }, `${does} all${shownCount}`);
  return h("p.buttons", all(code === "approval" ? "approve" : "release", code === "approval" ? "Approve" : "Let go", false),
    all("cancel", "Cancel", true));
}
