// Building elements. Text only ever comes in as text nodes: nothing here parses HTML.

export const $ = (id) => document.getElementById(id);

/** An element with properties (`class`, `aria-*` and `role` are attributes) and children. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child || child === 0));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** One of seven colours, the same for the same id. */
export const tint = (id) => Math.abs(id) % 7;

/** Fills a round portrait with somebody's initials, in a colour of their own. */
export function portray(avatar, name, id) {
  const words = name.split(/\s+/).filter(Boolean);
  avatar.textContent = words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
  avatar.dataset.tint = tint(id);
  return avatar;
}
