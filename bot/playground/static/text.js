// A message's text and its entities -> nodes. Offsets are UTF-16 units, as JavaScript counts, too.

import { el, icon } from "./dom.js";

const STYLES = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};
const BLOCKS = ["blockquote", "expandable_blockquote", "pre"];

/** The nodes of `text` between two offsets. An entity that another one cuts is split there. */
export function formatted(text, entities = [], from = 0, to = text.length) {
  const nodes = [];
  let rest = entities.map((entity) => ({ ...entity, end: entity.offset + entity.length }));
  let at = from;
  while (rest.length) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.end, to);
    rest = others;
    if (start >= end) continue;
    nodes.push(text.slice(at, start));
    const inside = formatted(text, others.map((other) => clipped(other, start, end)), start, end);
    nodes.push(wrapped(entity, inside, text.slice(start, end)));
    at = end;
    // A block ends its line by itself.
    if (BLOCKS.includes(entity.type) && text[at] === "\n") at += 1;
  }
  nodes.push(text.slice(at, to));
  return nodes.filter((node) => node !== "");
}

function clipped(entity, start, end) {
  const offset = Math.max(entity.offset, start);
  return { ...entity, offset, length: Math.max(0, Math.min(entity.end, end) - offset) };
}

function wrapped(entity, nodes, text) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, nodes);
    case "url":
      return link(text, nodes);
    case "bot_command":
      return command(text, nodes);
    case "spoiler":
      return spoiler(nodes);
    case "expandable_blockquote":
      return expandable(nodes);
    default:
      return el(STYLES[entity.type] ?? "span", { class: entity.type }, ...nodes);
  }
}

/** Only the web is linked to, whatever a message says. */
function link(url, nodes) {
  if (!/^https?:\/\//i.test(url)) return el("span", {}, ...nodes);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...nodes);
}

/** Not a <button>: that is a box, and the full stop after it could begin the next line. */
function command(text, nodes) {
  const facts = { role: "button", tabIndex: 0, "data-command": text };
  const button = el("span", { class: "command", ...facts }, ...nodes);
  button.addEventListener("keydown", (event) => {
    if (!presses(event)) return;
    event.preventDefault();
    button.click();
  });
  return button;
}

/** What a <button> takes for a click. */
const presses = ({ key }) => key === "Enter" || key === " ";

function spoiler(nodes) {
  const facts = { role: "button", tabIndex: 0, "aria-label": "Spoiler" };
  const hidden = el("span", { class: "spoiler", ...facts });
  const content = el("span", { "aria-hidden": "true" }, ...nodes);
  const reveal = (event) => {
    if (event.type === "keydown" && !presses(event)) return;
    event.preventDefault();
    hidden.replaceWith(...nodes);
  };
  hidden.append(content);
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", reveal);
  return hidden;
}

function expandable(nodes) {
  const content = el("div", { class: "quoted" }, ...nodes);
  const facts = { "aria-expanded": "false", "aria-label": "Whole quote" };
  const button = el("button", { type: "button", class: "more", ...facts }, icon("down"));
  const quote = el("blockquote", { class: "expandable" }, content, button);
  const toggle = () => {
    const open = quote.classList.toggle("open");
    button.setAttribute("aria-expanded", open);
  };
  button.addEventListener("click", toggle);
  content.addEventListener("click", (event) => {
    if (!event.target.closest("a, button, .spoiler") && !String(getSelection())) toggle();
  });
  return quote;
}
