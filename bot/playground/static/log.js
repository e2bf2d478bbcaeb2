// The messages of the open chat. Only what changes is touched: a screen reader reads what is new.

import { bubble, day } from "./bubble.js";
import { $, el } from "./dom.js";
import { current, isEditable, isIn, isMine, messagesIn } from "./view.js";
import { world } from "./world.js";

const log = $("log");
const NEAR_THE_END = 80; // pixels

export const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END;

export function toEnd() {
  log.scrollTop = log.scrollHeight;
}

export const element = (id) => log.querySelector(`[data-id="${id}"]`);

/** Shows the open chat from its beginning to its end. */
export function showLog() {
  // What has been there before is not read aloud.
  log.setAttribute("aria-live", "off");
  log.replaceChildren();
  const messages = messagesIn(current());
  if (!messages.length) log.append(nothing());
  messages.forEach(append);
  tidy();
  toEnd();
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
}

/** Shows a message that came or changed, if it belongs here. */
export function showMessage(message) {
  if (!isIn(message, current())) return;
  const old = element(message.message_id);
  const follow = atEnd() || (message.isNew && isMine(message));
  if (old) replace(old, message);
  else append(message);
  tidy();
  if (follow) toEnd();
}

export function dropMessage({ chat, message }) {
  if (chat !== current().chat) return;
  element(message)?.remove();
  tidy();
}

function append(message) {
  log.querySelector(".nothing")?.remove();
  const date = day(message.date);
  if (log.dataset.day !== date || !log.querySelector(".day")) {
    log.append(el("div", { class: "event day" }, el("span", {}, date)));
    log.dataset.day = date;
  }
  log.append(made(message));
}

function replace(old, message) {
  const fresh = made(message);
  const focused = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (focused) fresh.focus({ preventScroll: true });
}

function made(message) {
  const mine = isMine(message);
  const named = Boolean(current().group) && !mine;
  return bubble(message, { mine, named, editable: isEditable(message) });
}

/** A row of messages of one sender is one group; the last message can be reached by Tab. */
function tidy() {
  const all = [...log.children];
  all.forEach((message, at) => {
    const next = all[at + 1];
    message.classList.toggle("joined", Boolean(next) && voice(message) === voice(next));
  });
  const messages = all.filter((element) => element.matches(".message"));
  if (messages.length && !messages.some(({ tabIndex }) => tabIndex === 0)) {
    messages.at(-1).tabIndex = 0;
  }
}

function voice(message) {
  const side = message.className.replace(" joined", "");
  return `${side} ${message.querySelector(".sender")?.textContent}`;
}

function nothing() {
  const { group } = current();
  const name = world.bot.username;
  if (!group) {
    return el(
      "div",
      { class: "nothing" },
      el("p", {}, "This is the real bot, as it would be in Telegram. Ask it, or let it greet you."),
      el("button", { type: "button", "data-command": "/start" }, "Start"),
    );
  }
  const hint = group.members.some(({ id }) => id === world.bot.id)
    ? `Here the bot hears only commands like /ask@${name}, replies to it, and @${name}.`
    : `The bot is not a member. Mention it, and it may answer as a guest: @${name} who mediates?`;
  return el("div", { class: "nothing" }, el("p", {}, hint));
}

/** Arrows, Home and End go from message to message; the one in focus lends its buttons to Tab. */
log.addEventListener("keydown", (event) => {
  const message = event.target.closest(".message");
  if (!message || event.target !== message) return;
  const all = [...log.querySelectorAll(".message")];
  const at = all.indexOf(message);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined || !all[to]) return;
  event.preventDefault();
  all[to].focus();
});

log.addEventListener("focusin", (event) => {
  const message = event.target.closest(".message");
  if (!message) return;
  log.querySelectorAll(".message[tabindex='0']").forEach((other) => reach(other, -1));
  reach(message, 0);
});

function reach(message, tabIndex) {
  message.tabIndex = tabIndex;
  message.querySelectorAll(".actions button").forEach((button) => { button.tabIndex = tabIndex; });
}

/** Goes to a message and marks it for a moment. */
export function goTo(id) {
  const message = element(id);
  message?.scrollIntoView({ block: "center" });
  message?.focus({ preventScroll: true });
  message?.classList.add("found");
  setTimeout(() => message?.classList.remove("found"), 1500);
  return Boolean(message);
}
