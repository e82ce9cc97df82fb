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
  if (!(error instanceof Refused)) console.error(error);
  return [h("strong", sentence(error.message)), error.hint ? h("span.hint", ` ${sentence(error.hint)}`) : null];
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
   filled in; what it throws is shown in the dialog, which stays open with all that was typed. */
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
        await act(form);
        done = true;
        dialog.close();
      } catch (error) {
        mend(wrong, wrongWords(error));
      } finally {
        send.removeAttribute("aria-busy");
      }
    } },
      h("h2", { id }, title), body, wrong,
      h("p.buttons.end",
        h("button", { onclick: () => dialog.close() }, no), send));
    const from = document.activeElement;
    const dialog = h("dialog", { "aria-labelledby": id, onclose: () => {
      dialog.remove();
      if (document.activeElement === document.body) from?.focus(); // nobody has gone elsewhere meanwhile
      resolve(done);
    } }, form);
    document.body.append(dialog);
    dialog.showModal();
  });
}

let fields = 0;

/* A label with its control, and what more is to be said of it. */
function field(label, control, hint) {
  control.id ||= `field-${++fields}`;
  const below = hint ? h("p.hint", { id: `${control.id}-hint` }, hint) : null;
  if (below) control.setAttribute("aria-describedby", below.id);
  return h("div.field", h("label", { for: control.id }, label), control, below);
}

/* A moment for <input type=datetime-local>, in the browser's zone. */
function localInput(when) {
  const at = new Date(when);
  return `${dateOf(at)}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
