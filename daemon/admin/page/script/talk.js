/* What the page says back, and what it asks. */

const saidHere = document.getElementById("said");
const wrongHere = document.getElementById("wrong");

/* Says what came of something: to eyes and to screen readers; it stays until it is closed or something else is said. */
function tell(...words) {
  wrongHere.replaceChildren();
  saidHere.replaceChildren(...note("check", words));
}

function tellWrong(error) {
  if (error.name === "AbortError") return;
  saidHere.replaceChildren();
  wrongHere.replaceChildren(...note("cross", wrongWords(error)));
}

function wrongWords(error) {
  if (error.words) return error.words;
  if (!(error instanceof Refused)) console.error(error);
  return [h("strong", sentence(error.message)), advice(error.hint) ? h("span.hint", ` ${sentence(advice(error.hint))}`) : null];
}

/* Advice without the commands of the shell, for what they do has buttons here. What is left keeps its words. */
function advice(text) {
  const commands = /\bcrier (outbox|resume|pause|post|status|next|why)\b|^--\w/;
  if (!/\bcrier |--\w/.test(text ?? "")) return text ?? "";
  let left = "";
  const parts = text.split(/(; |, or |, then )/); // what stands between them is there, too
  for (let i = 0; i < parts.length; i += 2) {
    const part = parts[i].replace(/ and `?crier (outbox|resume|pause|post) .*$/, "");
    if (part && !commands.test(part)) left += (left ? parts[i - 1] : "") + part;
  }
  return left;
}

function note(mark, words) {
  const close = h("button", { class: "quiet small", "aria-label": "Close this message", onclick() {
    this.parentElement.replaceChildren();
  } }, icon("cross"));
  return [icon(mark), h("p", words), close];
}

const sentence = (text) => {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?:…]$/.test(whole) ? whole : whole + ".";
};

/* Does what a button is for: it cannot be pressed twice, and what went wrong is told. */
async function attempt(button, act) {
  if (button?.getAttribute("aria-busy") === "true") return;
  button?.setAttribute("aria-busy", "true");
  try {
    await act();
  } catch (error) {
    tellWrong(error);
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

let dialogs = 0;

/* Asks in a dialog, and resolves when it is closed: with true when `act` went well. `act(form)` is called with what was
   filled in; what it throws is shown in the dialog, which stays open with all that was typed. Meanwhile nothing can be
   typed, for that would be lost. */
function askFor({ title, body = [], yes, danger = false, no = "Cancel", act = async () => {} }) {
  return new Promise((resolve) => {
    const id = `dialog-${++dialogs}`;
    const wrong = h("div", { role: "alert", class: "wrong" });
    let done = false;
    const send = h("button", { type: "submit", class: danger ? "danger" : "main" }, yes);
    const form = h("form", { method: "dialog", onsubmit: async (event) => {
      event.preventDefault();
      if (send.getAttribute("aria-busy") === "true") return;
      send.setAttribute("aria-busy", "true");
      wrong.replaceChildren();
      try {
        await whileInert(form, () => act(form));
        done = true;
        if (dialog.open) dialog.close();
        else { // behind the sign-in
          dialog.remove();
          resolve(true);
        }
      } catch (error) {
        saidHere.replaceChildren(); // what went well before is not meant
        mend(wrong, error.status === 401 ? "You were signed out meanwhile: nothing was done." : wrongWords(error));
      } finally {
        send.removeAttribute("aria-busy");
      }
    } },
      h("h2", { id }, title), body, wrong,
      h("p.buttons.end",
        h("button", { onclick: () => dialog.close() }, no), send));
    const from = document.activeElement;
    const dialog = h("dialog", { "aria-labelledby": id, onclose: () => {
      if (parked.has(dialog)) return;
      dialog.remove();
      if (document.activeElement === document.body) from?.focus(); // nobody has gone elsewhere meanwhile
      resolve(done);
    } }, form);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/* Dialogs that wait behind the sign-in, with all that was typed. */
const parked = new Set();

function parkDialogs() {
  for (const dialog of document.querySelectorAll("dialog[open]")) {
    parked.add(dialog);
    dialog.close();
  }
}

/* Whether there were any. */
function unparkDialogs() {
  const all = [...parked].filter((dialog) => dialog.isConnected);
  parked.clear();
  for (const dialog of all) dialog.showModal();
  return all.length > 0;
}

/* Does what takes a while with a form that takes nothing meanwhile; the focus goes back to where it was. */
async function whileInert(form, act) {
  const focused = form.contains(document.activeElement) ? document.activeElement : null;
  form.inert = true;
  try {
    return await act();
  } finally {
    form.inert = false;
    if (document.activeElement === document.body) focused?.focus({ preventScroll: true });
  }
}

let fields = 0;

/* A label with its control, and what more is to be said of it. */
function field(label, control, hint) {
  control.id ||= `field-${++fields}`;
  const below = hint ? h("p.hint", { id: `${control.id}-hint` }, hint) : null;
  if (below) control.setAttribute("aria-describedby", below.id);
  return h("div.field", h("label", { for: control.id }, label), control, below);
}

/* What is to be said of a time that is typed: its zone then, and where it is not what it seems. */
function timeNote(text) {
  const at = new Date(text);
  if (!text || isNaN(at)) return `Time zone: ${zoneWords()}`;
  const clock = text.slice(11, 16);
  if (localInput(at).slice(11) !== clock) return `There is no ${clock} on that day, for the clocks are put forward: it is ${clockOf(at)} ${offsetOf(at)}.`;
  for (const apart of [hour, hour / 2])
    if (localInput(at.getTime() + apart) === localInput(at))
      return `There is ${clock} twice on that day, for the clocks are put back: it is the first, ${offsetOf(at)}.`;
  return `${isPast(text) ? "That time has passed. " : ""}Time zone: ${zoneWords(at)}`;
}

const isPast = (text) => Boolean(text) && new Date(text) <= new Date();

/* A field for a time in the browser's zone. */
function timeField(at, before = "") {
  at.type = "datetime-local";
  at.max = "9999-12-31T23:59"; // or a year has six digits
  const whole = field("Goes out at", at, before + timeNote(at.value));
  whole.querySelector(".hint").setAttribute("aria-live", "polite");
  at.addEventListener("input", () => {
    whole.querySelector(".hint").textContent = before + timeNote(at.value);
  });
  return whole;
}

/* A moment for <input type=datetime-local>, in the browser's zone. */
function localInput(when) {
  const at = new Date(when);
  return `${dateOf(at)}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
