/* Writing a post by hand. The form is made once, and its parts see to themselves: what changes elsewhere disturbs
   nobody who types. */

views.compose = {
  title: "Compose",

  load: async () => ({ accounts: await knowAccounts() }),

  render({ accounts }) {
    if (!accounts.length) return nothing("There is no account in the configuration to write for.");
    return h("div.composer", { own: true, key: "compose" }, composer(accounts));
  },
};

function composer(accounts) {
  let draft = readDraft();
  if (!accounts.some((account) => account.name === draft.account)) draft.account = accounts[0].name;
  let answer = null; // of the daemon, to the draft as it is
  let asked = null;

  const rules = () => (world.accounts ?? accounts).find((account) => account.name === draft.account) ?? accounts[0];

  const account = h("select", { name: "account", value: draft.account }, accounts.map((one) => h("option", { value: one.name }, one.name)));
  const text = h("textarea", { name: "text", rows: 8, dir: "auto", value: draft.text, required: true });
  const counter = h("p.counter", { id: "counter" });
  const warning = h("input", { name: "spoiler_text", dir: "auto", value: draft.spoiler_text });
  const visibility = h("select", { name: "visibility" });
  const language = h("input", { name: "language", value: draft.language, size: 6, maxlength: 12, autocomplete: "off", spellcheck: "false" });
  const at = h("input", { name: "at", value: draft.at });
  const sensitive = h("input", { name: "sensitive", type: "checkbox", id: "sensitive", checked: draft.sensitive });
  const media = h("ul.media");
  const picker = h("input", { type: "file", multiple: true, id: "picker", class: "unseen-input" });
  const drop = h("div.drop", picker, h("label", { for: "picker", class: "button" }, icon("picture"), "Add media"),
    h("span.hint", "or drop them here, or paste"));
  const problem = h("div.problem", { id: "problem", "aria-live": "polite" });
  const preview = h("div.preview");
  const send = h("button", { type: "submit", class: "main" }, "Send");
  text.setAttribute("aria-describedby", "counter problem");

  function follow() {
    const one = rules();
    const value = draft.visibility;
    const words = (name) => visibilities[name] ?? name;
    visibility.replaceChildren(
      h("option", { value: "" }, one.visibility ? `${words(one.visibility)} (the account’s)` : "Choose one"),
      ...Object.keys(visibilities).map((name) => h("option", { value: name }, words(name))));
    visibility.value = value;
    language.placeholder = one.language ?? "";
    warning.placeholder = one.spoiler ?? "";
    picker.accept = (one.media_types ?? []).join(",");
  }

  /* Now by our own rules, and soon by the daemon's. */
  function changed() {
    keepDraft(draft);
    answer = null;
    show();
    clearTimeout(asked?.timer);
    asked?.control.abort();
    const control = new AbortController();
    asked = { control, timer: setTimeout(async () => {
      if (isEmpty(draft)) return;
      try {
        answer = await post("/v1/compose", orderOf(draft), control.signal);
      } catch (error) {
        if (error.name === "AbortError") return;
        answer = { texts: [], problem: error.message, hint: error.hint, warnings: [] };
      }
      show();
    }, 300) };
  }

  function show() {
    const one = rules();
    const texts = answer?.texts?.length ? answer.texts : null;
    const own = textLength(draft.text, one.counts) + (one.counts?.warning === false ? 0 : textLength(draft.spoiler_text, { ...one.counts, link: 0 }));
    const length = texts ? Math.max(...texts.map((part) => part.length)) : own;
    const limit = texts?.[0]?.limit ?? one.limit;
    const over = limit && length > limit;
    counter.classList.toggle("over", Boolean(over));
    counter.replaceChildren(
      texts && texts.length > 1 ? `A thread of ${texts.length} posts: ${texts.map((part) => part.length).join(", ")} of ${limit} characters`
        : limit ? `${length} of ${limit} characters${over ? `: ${length - limit} too many` : ""}` : `${length} characters`);
    const wrong = answer?.problem && !isEmpty(draft);
    problem.replaceChildren(...shown([
      wrong ? h("p.reason", sentence(answer.problem), advice(answer.hint) ? h("span.hint", ` ${sentence(advice(answer.hint))}`) : null) : null,
      (answer?.warnings ?? []).map((words) => h("p.note", sentence(words)))]));
    send.replaceChildren(isPast(draft.at) ? "Post now" : draft.at ? "Schedule" : "Send");
    mend(preview, previewOf(draft, one, texts));
  }

  function showMedia() {
    const most = rules().max_alt;
    mend(media, draft.media.map((one, i) => {
      const id = `alt-${one.key}`;
      const figure = h("span.figure");
      const recount = () => {
        const length = textLength(one.alt, { unit: "code_point", link: 0, local_mentions: false });
        figure.textContent = most ? `${length} of ${most}` : String(length);
        figure.classList.toggle("over", Boolean(most && length > most));
      };
      recount();
      return h("li", { key: one.key, own: true },
        one.small ? h("img", { src: one.small, alt: "" }) : h("span.thumb.none", icon("picture")),
        h("div.field",
          h("p.media-name", h("bdi", one.name), one.upload ? null : h("span.hint", " is being sent …")),
          h("label", { for: id }, "Alt text: what does it show? ", figure),
          h("textarea", { id, rows: 3, dir: "auto", value: one.alt, oninput() {
            one.alt = this.value;
            recount();
            changed();
          } })),
        h("button", { class: "small", onclick() {
          const at = draft.media.indexOf(one);
          if (at >= 0) draft.media.splice(at, 1);
          showMedia();
          changed();
          (media.querySelector("textarea") ?? picker).focus();
        } }, icon("cross"), "Remove", unseen(` ${one.name}`)));
    }));
  }

  async function add(files) {
    for (const file of files) {
      const most = rules().max_media;
      if (most && draft.media.length >= most) {
        tellWrong(new Refused(`the server takes ${count(most, "picture")} in a post`, "Remove one first."));
        break;
      }
      const one = { key: newKey(), name: file.name || "picture", type: file.type, alt: "", upload: null, small: await smallPicture(file) };
      draft.media.push(one);
      showMedia();
      try {
        const kept = await ask("POST", `/v1/media${query({ name: one.name })}`, file);
        one.upload = kept.file;
        one.type = kept.type ?? one.type;
      } catch (error) {
        draft.media = draft.media.filter((other) => other !== one);
        tellWrong(error);
      }
      media.querySelector(`[data-key="${one.key}"]`)?.remove(); // made anew: it was being sent
      showMedia();
      changed();
    }
    media.querySelector("li:last-child textarea")?.focus();
  }

  async function submit() {
    draft.at = at.value;
    const busy = draft.media.some((one) => !one.upload);
    if (busy) throw new Refused("a picture is still being sent", "Wait until it is there.");
    const silent = draft.media.filter((one) => !one.alt.trim()).length;
    if (silent) {
      const go = await askFor({ title: "Send without alt text?", yes: "Send without it", no: "Write it",
        body: [h("p", `${silent === 1 ? "A picture says" : `${silent} pictures say`} nothing to people who cannot see ${silent === 1 ? "it" : "them"}. The account's settings may hold such a post.`)] });
      if (!go) {
        [...media.querySelectorAll("textarea")].find((area) => !area.value.trim())?.focus();
        return;
      }
    }
    if (isPast(draft.at) && send.textContent !== "Post now") { // it was ahead when it was written
      show();
      throw new Refused("the time has passed meanwhile", "Choose a later one, or post it now.");
    }
    const order = orderOf(draft);
    const words = JSON.stringify(order);
    const before = draft.sent;
    draft.sent = words;
    keepDraft(draft);
    const made = await whileInert(form, () => post("/v1/posts", order));
    if (made.known && before !== words) { // the answer to what was sent first was lost
      draft.key = newKey();
      draft.sent = "";
      changed();
      tell(postLink(made.id), " is in the outbox already, with the words as they were when it was sent first. What you changed since is still here: edit that post, or send this as another one.");
      return;
    }
    const parts = made.further?.length ?? 0;
    tell(made.known ? "It is in the outbox already: " : "It is in the outbox: ", postLink(made.id), parts ? ` and ${count(parts, "further part")}` : "",
      made.state === "held" ? ", held" : made.state === "waiting" && order.at ? [", due ", time(new Date(draft.at))] : "", ".");
    clear(draft.account);
  }

  function clear(account) {
    forgetDraft();
    draft = { ...emptyDraft(), account };
    answer = null;
    clearTimeout(asked?.timer);
    asked?.control.abort();
    text.value = warning.value = language.value = at.value = "";
    sensitive.checked = false;
    follow();
    showMedia();
    show();
    text.focus();
  }

  const set = (name, control, of = () => control.value) => control.addEventListener(control.tagName === "SELECT" || control.type === "checkbox" ? "change" : "input", () => {
    draft[name] = of();
    if (name === "account") {
      follow();
      showMedia();
    }
    changed();
  });
  set("account", account);
  set("text", text);
  set("spoiler_text", warning);
  set("visibility", visibility);
  set("language", language, () => language.value.trim());
  set("at", at);
  set("sensitive", sensitive, () => sensitive.checked);
  picker.addEventListener("change", () => {
    const files = [...picker.files];
    picker.value = "";
    add(files);
  });

  for (const one of draft.media) one.key ??= newKey();
  const form = h("form.compose-form", { onsubmit(event) {
    event.preventDefault();
    attempt(send, submit);
  }, ondragover(event) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    drop.classList.add("over");
  }, ondragleave: () => drop.classList.remove("over"), ondrop(event) {
    drop.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  }, onpaste(event) {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    add([...event.clipboardData.files]);
  }, onkeydown(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  } },
  field("Account", account),
  field("Text", text), counter, problem,
  media, drop,
  h("div.fields",
    field("Content warning", warning, "Empty: the account’s, or none."),
    field("Visibility", visibility),
    field("Language", language, "Two letters: en, de"),
    timeField(at, "Empty: at once. ")),
  h("p.check", sensitive, h("label", { for: "sensitive" }, "Hide pictures until they are clicked")),
  h("p.buttons", send,
    h("button", { onclick() {
      if (isEmpty(draft)) return clear(draft.account);
      askFor({ title: "Throw this draft away?", yes: "Throw it away", danger: true, no: "Keep it", act: async () => clear(draft.account) });
    } }, "Clear"),
    h("span.hint", "Ctrl+Enter sends. The draft stays over a reload.")));

  follow();
  showMedia();
  if (isEmpty(draft)) show();
  else changed();
  return [form, h("section.preview-side", { "aria-labelledby": "preview-title" }, h("h2", { id: "preview-title" }, "Preview"), preview)];
}

/* As it may look on the server. */
function previewOf(draft, account, texts) {
  const parts = texts ?? [{ text: draft.text }];
  const handle = account.handle ? `@${account.handle.replace(/^@/, "")}` : account.name;
  return parts.map((part, i) => h("article.status", { key: `part-${i}`, "aria-label": parts.length > 1 ? `Part ${i + 1} of ${parts.length}` : "The post" },
    h("div.status-head",
      h("span", { class: `avatar hue-${hueOf(account.name)}`, "aria-hidden": "true" }, [...account.name].slice(0, 2).join("").toUpperCase()),
      h("p.status-who", h("strong", account.name), h("span.hint", handle)),
      h("p.status-when", draft.at && !isPast(draft.at) ? time(new Date(draft.at)) : "at once",
        h("span.hint", icon(draft.visibility || account.visibility || "public"), visibilities[draft.visibility || account.visibility] ?? "no visibility yet"))),
    draft.spoiler_text ? h("p.warning", h("bdi", draft.spoiler_text)) : null,
    part.text ? said(part.text, { class: "words", lang: draft.language || account.language || null }) : h("p.hint", "What you write shows here."),
    i === 0 && draft.media.length ? h("ul.status-media", draft.media.map((one) =>
      h("li", { key: one.key, class: draft.sensitive ? "veiled" : null }, one.small ? h("img", { src: one.small, alt: one.alt || "No alt text yet" }) : h("span.thumb.none", icon("picture")),
        one.alt ? h("span.badge", "ALT") : h("span.badge.none", "no alt")))) : null));
}
