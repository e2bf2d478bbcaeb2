// The field that messages are written in: commands, inline mode, replies and edits.

import { sender, summary } from "./bubble.js";
import { $, el } from "./dom.js";
import { address, current, isEditable, messagesIn, view } from "./view.js";
import { act, arrival, look, world } from "./world.js";

const PAUSE = 150; // ms without a key until an inline query is asked
const [field, list, about, menu] = [$("text"), $("offers"), $("about"), $("menu")];
const drafts = new Map();
let context = null; // {what: "reply" | "edit", message, draft}, the last what an edit took over
let offers = []; // [{name, about, choose, complete}]
let active = -1;
let latest = 0; // the number of the newest look for offers
let typing = 0; // the timer of the pause
let start; // how a private chat is begun

/** Whose field it is, and in which chat. */
export const whose = () => `${view.person} ${view.key}`;

/** Shows what was begun here, and keeps what was begun at `previous`. */
export function showComposer(previous) {
  endContext();
  drafts.set(previous, field.value);
  field.value = drafts.get(whose()) ?? "";
  close();
  grow();
}

export function begin(what, message) {
  endContext();
  context = { what, message, draft: field.value };
  about.hidden = false;
  about.querySelector("use").setAttribute("href", `#icon-${what}`);
  const title = what === "edit" ? "Edit message" : `Reply to ${sender(message)}`;
  about.querySelector("b").textContent = title;
  about.querySelector("span").textContent = summary(message);
  if (what === "edit") {
    field.value = message.text;
    nameSend("done", "Save");
  }
  grow();
  field.focus();
}

function endContext() {
  if (context?.what === "edit") field.value = context.draft;
  context = null;
  about.hidden = true;
  nameSend("send", "Send");
}

function nameSend(icon, label) {
  $("send").querySelector("use").setAttribute("href", `#icon-${icon}`);
  $("send").setAttribute("aria-label", label);
}

/** Sends what is written, or `text` instead; what the server refuses comes back to be mended. */
export async function send(complain, text = field.value) {
  if (!text.trim()) return;
  const place = { person: view.person, ...address(current()) };
  const { what, message } = context ?? {};
  const [author, written] = [whose(), text === field.value];
  if (written) empty();
  endContext();
  grow();
  try {
    if (what === "edit") {
      const { person, chat } = place;
      await act("edit", { person, chat, message: message.message_id, text });
    } else {
      await act("send", { ...place, text, reply_to: message?.message_id });
    }
  } catch (error) {
    complain(error.message);
    if (written && !field.value && author === whose()) field.value = text;
    grow();
  }
}

function empty() {
  field.value = "";
  close();
  grow();
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

// Offers: a list above the field, of commands or of the bot's inline results.

function close() {
  latest += 1;
  clearTimeout(typing);
  offers = [];
  active = -1;
  list.hidden = true;
  list.replaceChildren();
  for (const opener of [field, menu]) opener.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function open(found, first) {
  offers = found;
  list.hidden = !found.length;
  const options = found.map(({ name, about: told }, at) => {
    const facts = { role: "option", id: `offer-${at}`, "data-offer": at };
    return el("li", facts, el("b", {}, name), el("span", {}, told));
  });
  list.replaceChildren(...options);
  for (const opener of [field, menu]) opener.setAttribute("aria-expanded", found.length > 0);
  mark(found.length ? first : -1);
}

function mark(at) {
  active = at;
  [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
  if (at < 0) field.removeAttribute("aria-activedescendant");
  else field.setAttribute("aria-activedescendant", `offer-${at}`);
  list.children[at]?.scrollIntoView({ block: "nearest" });
}

async function commands(prefix) {
  const asked = (latest += 1);
  const { chat, group } = current();
  const found = await look("commands", { person: view.person, chat });
  if (asked !== latest) return;
  const suffix = group ? `@${world.bot.username}` : "";
  const named = found.filter(({ command }) => command.startsWith(prefix));
  open(named.map(({ command, description }) => ({
    name: `/${command}`,
    about: description,
    choose: (complain) => { empty(); send(complain, `/${command}${suffix}`); },
    complete: `/${command}${suffix} `,
  })), 0);
}

async function inline(text) {
  const asked = (latest += 1);
  const place = address(current());
  const { query } = await act("ask_inline", { person: view.person, chat: place.chat, text });
  const { results, switch: button } = await arrival("offer", query).promise;
  if (asked !== latest) return;
  const choosing = (choice) => () => { empty(); return choice(); };
  const found = results.map(({ id, title, description }) => ({
    name: title,
    about: description,
    choose: choosing(() => act("choose", { person: view.person, query, result: id, ...place })),
  }));
  if (button) {
    found.unshift({ name: button.text, about: "", choose: choosing(() => start(button.start)) });
  }
  open(found, -1);
}

function choose(offer, complain) {
  offer.choose(complain)?.catch((error) => complain(error.message));
}

function suggest() {
  const text = field.value;
  const command = /^\/([a-z0-9_]*)$/i.exec(text);
  // Where inline mode is off, it is a message like any other.
  const on = world.bot?.supports_inline_queries;
  const query = on && new RegExp(`^@${world.bot.username}\\s(.*)`, "is").exec(text);
  close();
  if (command) commands(command[1].toLowerCase()).catch(close);
  else if (query) typing = setTimeout(() => inline(query[1].trim()).catch(close), PAUSE);
}

/** `startBot` begins the private chat with a payload. */
export function setUp(complain, startBot) {
  start = startBot;
  field.addEventListener("input", () => { grow(); suggest(); });
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send(complain);
    field.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (!event.isComposing) press(event, complain);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-offer]");
    if (option) choose(offers[option.dataset.offer], complain);
    field.focus();
  });
  menu.addEventListener("click", () => {
    if (!list.hidden) close();
    else commands("").catch(close);
    field.focus();
  });
  $("cancel").addEventListener("click", () => { endContext(); grow(); field.focus(); });
}

function press(event, complain) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step && offers.length) {
    mark((active + step + offers.length) % offers.length);
  } else if (event.key === "ArrowUp" && !field.value) {
    const last = messagesIn(current()).findLast(isEditable);
    if (last) begin("edit", last);
  } else if (event.key === "Tab" && offers[active]?.complete) {
    field.value = offers[active].complete;
    close();
  } else if (event.key === "Enter" && !event.shiftKey) {
    if (active >= 0) choose(offers[active], complain);
    else send(complain);
  } else if (event.key === "Escape") {
    const shown = offers.length > 0;
    close(); // Offers that are still on their way do not open any more.
    if (!shown && !context) return;
    if (!shown) endContext();
    grow();
  } else {
    return;
  }
  event.preventDefault();
}
