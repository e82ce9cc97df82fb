"use strict";

const form = document.getElementById("sign-in");
const said = document.getElementById("said");

async function show() {
  const status = await (await fetch("/v1/status")).json();
  document.getElementById("accounts").replaceChildren(...status.accounts.map((account) => {
    const line = document.createElement("li");
    line.textContent = `${account.name}: ${account.state} ${account.reason}`;
    return line;
  }));
}

function listen() {
  const events = new EventSource("/v1/events");
  events.addEventListener("hello", show);
  events.addEventListener("change", show);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("/v1/session", {
    method: "POST",
    body: JSON.stringify({ token: document.getElementById("token").value }),
  });
  const body = await answer.json();
  said.textContent = answer.ok ? "" : `${body.error}. ${body.hint}`;
  form.hidden = answer.ok;
  if (answer.ok) listen();
});

fetch("/v1/session").then((answer) => answer.json()).then((session) => {
  form.hidden = session.signed_in;
  if (session.signed_in) listen();
});
