#include "sandbox/content/page.hpp"

namespace crier::sandbox {

std::string_view page_script() {
    return R"js("use strict";
// Looks once a second, while somebody can see it, whether the timeline changed; puts in place what did and leaves
// the rest alone, so that an opened content warning stays open and a video plays on.
(() => {
  const list = document.getElementById("timeline");
  const total = document.getElementById("total");
  const source = new WeakMap();
  for (const card of list.children) source.set(card, card.outerHTML);
  let shown = null;

  const show = (html) => {
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    const old = new Map([...list.children].map((card) => [card.id, card]));
    let at = list.firstElementChild;
    for (const card of [...parsed.content.children]) {
      const markup = card.outerHTML;
      const kept = old.get(card.id);
      if (kept && source.get(kept) === markup) {
        if (kept === at) at = at.nextElementSibling;
        else list.insertBefore(kept, at);
        continue;
      }
      source.set(card, markup);
      if (!kept) card.classList.add("fresh");
      list.insertBefore(card, at);
    }
    while (at) {
      const gone = at;
      at = at.nextElementSibling;
      gone.remove();
    }
  };

  const look = async () => {
    if (document.hidden) return;
    const reply = await fetch("/sandbox/page", { cache: "no-store" });
    if (!reply.ok) return;
    const html = await reply.text();
    if (html === shown) return;
    shown = html;
    show(html);
    const count = reply.headers.get("Sandbox-Total");
    if (count !== null) total.textContent = count;
  };

  const turn = () => look().catch(() => {}).finally(() => setTimeout(turn, 1000));
  document.addEventListener("visibilitychange", () => look().catch(() => {}));
  setTimeout(turn, 1000);
})();
)js";
}

} // namespace crier::sandbox
