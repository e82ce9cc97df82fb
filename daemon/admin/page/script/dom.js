"use strict";

/* Elements, made and mended without a word of HTML: what comes from outside is text, and stays text. */

/* h("p.note", {onclick: act}, "text", node, [more], null): an element with its classes. What is null, undefined or false is
   left out; `key`, `act` and `own` are data-key, data-act and data-own. Styles are given as `css: {"--share": "40%"}`, since the policy of the page allows no style attributes. */
const h = (what, ...rest) => make((tag) => document.createElement(tag), what, rest);
const svg = (what, ...rest) => make((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag), what, rest);

function make(create, what, rest) {
  const [tag, ...classes] = what.split(".");
  const element = create(tag);
  const given = rest[0] && Object.getPrototypeOf(rest[0]) === Object.prototype ? rest.shift() : {};
  const { css = {}, value, class: more, key, act, own, ...props } = given;
  Object.assign(props, { "data-key": key, "data-act": act, "data-own": own });
  if (tag === "button") props.type ??= "button";
  const names = [...classes, more].filter(Boolean).join(" ");
  if (names) element.setAttribute("class", names);
  for (const [name, of] of Object.entries(props)) {
    if (of === null || of === undefined || of === false) continue;
    if (name.startsWith("on")) hear(element, name.slice(2), of);
    else element.setAttribute(name, of === true ? "" : String(of));
  }
  for (const [name, of] of Object.entries(css)) element.style.setProperty(name, of);
  element.append(...shown(rest));
  if (value !== undefined) element.value = value; // a select has its options now
  return element;
}

/* Words for screen readers alone. */
const unseen = (...words) => h("span.unseen", words);

const shown = (children) =>
  children.flat(9).filter((child) => child !== null && child !== undefined && child !== false && child !== "");

/* One listener for each kind of event, which looks up what to do when it comes: mend() changes that. */
function hear(element, type, act) {
  element.acts ??= {};
  if (!element.acts[type]) element.addEventListener(type, heard);
  element.acts[type] = act;
}
function heard(event) {
  return this.acts[event.type]?.call(this, event);
}

/* Makes the children of `parent` what `wanted` is, and leaves alone what is so already: focus, selections, loaded
   pictures, open details and typed text stay. Elements with `data-key` are known by it, others by their place.
   What is below an element with `data-own` sees to itself. */
function mend(parent, wanted) {
  const nodes = shown([wanted]).map((node) => (node instanceof Node ? node : document.createTextNode(String(node))));
  const keys = new Set(nodes.map(keyOf).filter(Boolean));
  const known = new Map();
  for (const child of [...parent.childNodes]) {
    const key = keyOf(child);
    if (key && keys.has(key) && !known.has(key)) known.set(key, child);
    else if (key) child.remove();
  }
  let at = parent.firstChild;
  for (const node of nodes) {
    const key = keyOf(node);
    let old = key ? known.get(key) : at;
    if (old && (!alike(old, node) || (!key && keyOf(old)))) old = null;
    if (!old) {
      parent.insertBefore(node, at);
      continue;
    }
    if (old === at) at = at.nextSibling;
    else parent.insertBefore(old, at);
    mendNode(old, node);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.getAttribute("data-key") : null);
const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

function mendNode(old, node) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== node.data) old.data = node.data;
    return;
  }
  const kept = (name) => name === "style" || (name === "aria-busy" && old.tagName === "BUTTON") || (name === "open" && (old.tagName === "DETAILS" || old.tagName === "DIALOG"));
  for (const { name } of [...old.attributes]) if (!kept(name) && !node.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of node.attributes)
    if (!kept(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old.style.cssText !== node.style.cssText) old.style.cssText = node.style.cssText;
  for (const [type, act] of Object.entries(node.acts ?? {})) hear(old, type, act);
  if (!old.hasAttribute("data-own")) mend(old, [...node.childNodes]);
}

/* An address that may be followed, or null: http and https alone. */
function goodAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/* A link to elsewhere, or its words alone where the address is none that may be followed. */
function outside(address, ...words) {
  const href = goodAddress(address);
  if (!href) return h("span", words);
  return h("a", { href, target: "_blank", rel: "noreferrer noopener", class: "out" }, words);
}

/* Text of others: its addresses as links, its direction its own. `plain`: no links, and no empty lines. */
function said(text, { plain = false, tag = "div", ...props } = {}) {
  const parts = plain ? [text.replace(/\n\s*\n/g, "\n")] : text.split(/(https?:\/\/[^\s<>"\u200b]+)/);
  return h(`${tag}.text`, { dir: "auto", ...props },
    parts.map((part, i) => (i % 2 ? outside(part, part) : part)));
}
