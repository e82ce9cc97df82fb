#include "sandbox/content/page_parts.hpp"

namespace crier::sandbox {

std::string_view page_style() {
    return R"css(
:root {
  color-scheme: light dark;
  --ground: #eef0f6; --glow: #dfe3fb; --card: #fff; --line: #dfe2ec; --text: #1b1d27; --quiet: #5b6174;
  --accent: #5142c9; --soft: #efedfd; --amber: #8a4b00; --amber-soft: #fff1d6; --red: #b3261e; --red-soft: #fdeceb;
  --shadow: 0 1px 2px rgb(26 30 60 / .06), 0 6px 20px rgb(26 30 60 / .06);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11131b; --glow: #1d1f3a; --card: #1a1d29; --line: #2b2f40; --text: #e9ebf3; --quiet: #9ea5ba;
    --accent: #b0a6ff; --soft: #272645; --amber: #ffc875; --amber-soft: #3a2b10; --red: #ff9d95; --red-soft: #3d1c1b;
    --shadow: 0 1px 2px rgb(0 0 0 / .3), 0 6px 20px rgb(0 0 0 / .25);
  }
}
* { box-sizing: border-box; }
html {
  background: radial-gradient(60rem 30rem at 50% -12rem, var(--glow), transparent) no-repeat var(--ground);
  scroll-behavior: smooth; scroll-padding-top: 1rem;
}
body {
  margin: 0 auto; padding: 1rem; max-width: 42rem; min-height: 100vh; color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .3rem; }
code { font: .92em ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skip { position: absolute; left: -99rem; padding: .5rem 1rem; background: var(--card); }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; }

.side { margin-bottom: 1.25rem; }
.brand { display: flex; gap: .85rem; align-items: center; }
.brand h1 { margin: 0; font-size: 1.3rem; line-height: 1.2; letter-spacing: -.01em; }
.brand p { margin: 0; color: var(--quiet); font-size: .92rem; }
.logo { width: 3rem; height: 3rem; flex: none; }
.logo rect { fill: #5b4bd6; }
.logo path { fill: #fff; }
.facts { display: flex; flex-wrap: wrap; gap: .35rem 2rem; margin: 1rem 0 0; }
.facts dt { color: var(--quiet); font-size: .8rem; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; font-weight: 600; }
.faults { margin-top: 1rem; padding: .75rem 1rem; border-radius: .8rem; background: var(--amber-soft); color: var(--amber); }
.faults h2 { margin: 0; font-size: .85rem; }
.faults ul { margin: .25rem 0 0; padding-left: 1.1rem; font-size: .92rem; }

.timeline { list-style: none; margin: 0; padding: 0; }
.card {
  margin: 0 0 1rem; padding: 1rem 1.15rem .8rem; border: 1px solid var(--line); border-radius: 1rem;
  background: var(--card); box-shadow: var(--shadow);
}
.card:target { border-color: var(--accent); }
.card header { display: flex; gap: .75rem; align-items: center; }
.avatar {
  flex: none; display: grid; place-items: center; width: 2.9rem; height: 2.9rem; border-radius: .85rem;
  color: #fff; font-weight: 700; letter-spacing: .02em;
}
.hue-0 { background: linear-gradient(135deg, #6d5ef0, #4434b8); } .hue-1 { background: linear-gradient(135deg, #0a8f83, #05615c); }
.hue-2 { background: linear-gradient(135deg, #d2416f, #9b1f4a); } .hue-3 { background: linear-gradient(135deg, #c2571a, #8c3608); }
.hue-4 { background: linear-gradient(135deg, #2374d8, #14499a); } .hue-5 { background: linear-gradient(135deg, #8a3fc4, #5c2390); }
.hue-6 { background: linear-gradient(135deg, #3f8a2e, #23601a); } .hue-7 { background: linear-gradient(135deg, #b03a3a, #7c1f26); }
.hue-8 { background: linear-gradient(135deg, #56708f, #35485f); } .hue-9 { background: linear-gradient(135deg, #94700f, #664a04); }
.who { min-width: 0; line-height: 1.3; }
.who strong, .who span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.who span { color: var(--quiet); font-size: .9rem; }
.when { margin-left: auto; flex: none; text-align: right; line-height: 1.35; font-size: .82rem; color: var(--quiet); }
.when a { color: inherit; }
.when time { font-variant-numeric: tabular-nums; }
.visibility { display: flex; gap: .3rem; align-items: center; justify-content: flex-end; }
.visibility svg { width: .95em; height: .95em; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; }

.text { margin: .75rem 0; font-size: 1.05rem; overflow-wrap: anywhere; }
.text p { margin: 0 0 .7em; }
.text p:last-child { margin-bottom: 0; }
.text .invisible { font-size: 0; line-height: 0; display: inline-block; width: 0; height: 0; overflow: hidden; }
.text .ellipsis::after { content: "…"; }

.warning { margin: .75rem 0; }
.warning summary {
  display: flex; gap: .75rem; align-items: center; justify-content: space-between; list-style: none; cursor: pointer;
  padding: .6rem .6rem .6rem .9rem; border-radius: .7rem; background: var(--amber-soft); color: var(--amber); font-weight: 600;
}
.warning summary::-webkit-details-marker { display: none; }
.warning .button { flex: none; padding: .1rem .8rem; border: 1.5px solid; border-radius: 2rem; font-size: .85rem; }
.warning .button::after { content: "Show"; }
.warning[open] .button::after { content: "Hide"; }

.media { display: grid; gap: .6rem; margin: .75rem 0; }
.media.several { grid-template-columns: 1fr 1fr; }
.media.several figure:first-child:nth-last-child(odd) { grid-column: 1 / -1; }
figure { margin: 0; overflow: hidden; border: 1px solid var(--line); border-radius: .8rem; background: var(--ground); }
figure img, figure video { display: block; width: 100%; max-height: 30rem; object-fit: cover; background: var(--line); }
figure audio { display: block; width: 100%; padding: .6rem; }
.several img, .several video { aspect-ratio: 16 / 10; }
figcaption { padding: .5rem .75rem .55rem; color: var(--quiet); font-size: .88rem; line-height: 1.45; overflow-wrap: anywhere; }
figcaption b {
  display: inline-block; margin-right: .25rem; padding: 0 .42rem; border-radius: .35rem; background: var(--text); color: var(--card);
  font-size: .7rem; line-height: 1.6; letter-spacing: .05em;
}
.no-alt, .no-alt b { color: var(--red); }
.no-alt b { background: var(--red-soft); }
.pending { margin: 0; padding: 1.5rem; text-align: center; color: var(--quiet); }

.poll { margin: .6rem 0 .2rem; padding: 0; list-style: none; }
.poll li { margin: .3rem 0; padding: .35rem .7rem; border: 1px solid var(--line); border-radius: .6rem; }
.closes, .reference { margin: .2rem 0 .6rem; color: var(--quiet); font-size: .85rem; overflow-wrap: anywhere; }
.mark { white-space: nowrap; }

.card footer {
  display: flex; flex-wrap: wrap; justify-content: space-between; gap: .2rem 1rem; margin-top: .6rem; padding-top: .55rem; border-top: 1px solid var(--line);
  color: var(--quiet); font: .76rem ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace;
}
.deleted .text, .deleted .media, .deleted .avatar { opacity: .5; }
.deleted .text { text-decoration: line-through; }
.gone { padding: 0 .45rem; border-radius: .35rem; background: var(--red-soft); color: var(--red); }
.empty { padding: 3rem 1.5rem; text-align: center; color: var(--quiet); }
.empty p { margin: .2rem; }
.empty strong { color: var(--text); font-size: 1.1rem; }

@keyframes arrive { from { opacity: 0; transform: translateY(-.8rem); } }
@media (prefers-reduced-motion: no-preference) { .fresh { animation: arrive .35s ease-out; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media (max-width: 30rem) {
  .card header { flex-wrap: wrap; }
  .when { margin-left: 3.65rem; display: flex; flex-wrap: wrap; gap: 0 .8rem; text-align: left; margin-top: -.35rem; }
  .media.several { grid-template-columns: 1fr; }
}
@media (min-width: 64rem) {
  body { display: grid; grid-template-columns: 17rem minmax(0, 40rem); gap: 2.5rem; max-width: 61.5rem; padding-top: 2rem; }
  .side { position: sticky; top: 2rem; align-self: start; }
  .facts { flex-direction: column; gap: .8rem; margin-top: 1.5rem; }
}
)css";
}

} // namespace crier::sandbox
