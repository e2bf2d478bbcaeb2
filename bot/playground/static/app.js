// The page: puts the parts together, and does what clicks ask for.

import { $, el, portray } from "./dom.js";
import { description, showChats } from "./chats.js";
import { begin, send, setUp, showComposer, whose } from "./composer.js";
import { atEnd, dropMessage, goTo, showLog, showMessage, toEnd } from "./log.js";
import { address, chats, count, current, isIn, markAllRead, markRead, me, view } from "./view.js";
import { act, arrival, connect, messagesOf, watch, world } from "./world.js";

const TYPING = 5000; // ms that Telegram shows an action
const PATIENCE = 15000; // ms until a tap that the bot does not answer is given up
const TOAST = 4000; // ms
const timers = { typing: 0, toast: 0 };

function show() {
  const { title, tint, group } = current();
  $("title").textContent = group?.is_forum ? `${group.title} · ${title}` : title;
  portray($("portrait"), title, tint);
  stopTyping();
  markRead(current());
  showLog();
  showChats();
  // A reload comes back here; another window may be somebody else.
  history.replaceState(null, "", `#${view.person}/${view.key}`);
}

function open(key) {
  const previous = whose();
  view.key = key;
  document.body.dataset.view = "chat";
  show();
  showComposer(previous);
  $("text").focus();
}

function become(person) {
  const previous = whose();
  const chat = current();
  view.person = person;
  // In a group one stays there; else one goes to one's own chat with the bot.
  view.key = chats().some(({ key }) => chat.group && key === chat.key) ? chat.key : chats()[0].key;
  show();
  showComposer(previous);
}

function toast(text) {
  $("toast").textContent = text;
  clearTimeout(timers.toast);
  timers.toast = setTimeout(() => $("toast").replaceChildren(), TOAST);
}

function alarm(text) {
  $("alert-text").textContent = text;
  $("alert").showModal();
}

function startTyping() {
  const dots = [1, 2, 3].map(() => el("i"));
  $("subtitle").replaceChildren(el("span", { class: "typing" }, "typing", ...dots));
  clearTimeout(timers.typing);
  timers.typing = setTimeout(stopTyping, TYPING);
}

function stopTyping() {
  clearTimeout(timers.typing);
  $("subtitle").textContent = description(current());
}

async function tap(button, message) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const patience = setTimeout(() => button.removeAttribute("aria-busy"), PATIENCE);
  try {
    const { chat } = address(current());
    const told = { person: view.person, chat, message, button: button.dataset.tap };
    const { tap: id } = await act("tap", told);
    const { text, alert } = await arrival("answer", id).promise;
    if (text) (alert ? alarm : toast)(text);
  } catch (error) {
    toast(error.message);
  }
  clearTimeout(patience);
  button.removeAttribute("aria-busy");
}

/** Opens the private chat, and begins it with a payload if there is one. */
function begunWith(start) {
  open(chats()[0].key);
  if (start !== null) send(toast, `/start ${start}`.trim());
}

/** Links into Telegram stay in the page: the bot's permalinks, and links to messages. */
function follow(url) {
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname !== "t.me") return false;
  const start = searchParams.get("start");
  if (pathname.slice(1).toLowerCase() === world.bot.username.toLowerCase()) {
    begunWith(start);
    return true;
  }
  const message = /^\/c\/(\d+)\/(?:\d+\/)?(\d+)$/.exec(pathname);
  const found = message && messagesOf(Number(`-100${message[1]}`)).get(Number(message[2]));
  const place = found && chats().find((chat) => isIn(found, chat));
  if (place) {
    open(place.key);
    goTo(found.message_id);
  }
  return Boolean(place);
}

const changed = {
  state() {
    const [person, key] = location.hash.slice(1).split(/\/(.*)/);
    view.person = world.people.has(Number(person)) ? Number(person) : [...world.people.keys()][0];
    view.key = key ?? "";
    markAllRead();
    view.key = current().key;
    show();
    showComposer(whose());
  },
  message(message) {
    if (message.isNew) count(message);
    if (message.isNew && message.from.is_bot && isIn(message, current())) stopTyping();
    showMessage(message);
    showChats();
  },
  deleted(what) {
    dropMessage(what);
    showChats();
  },
  person: showChats,
  group() {
    showChats();
    stopTyping();
  },
  action({ chat, action }) {
    if (chat === current().chat && action === "typing") startTyping();
  },
};

watch((event, what) => changed[event]?.(what));
connect((here) => { $("gone").hidden = here; });
setUp(toast, begunWith);

$("chats").addEventListener("click", ({ target }) => {
  const place = target.closest("[data-chat]");
  if (place) open(place.dataset.chat);
});
$("person").addEventListener("change", ({ target }) => become(Number(target.value)));
$("language").addEventListener("change", ({ target }) => {
  act("speak", { person: view.person, language: target.value }).catch(({ message }) => {
    toast(message);
    showChats();
  });
});
$("back").addEventListener("click", () => {
  document.body.dataset.view = "chats";
  document.querySelector("[aria-current]")?.focus();
});
$("down").addEventListener("click", toEnd);
// Whoever was at the end stays there when the field grows, or a notice comes. What has scrolled
// since, and before that is seen to, says nothing of where somebody wants to be.
let height = 0;
new ResizeObserver(() => {
  if ($("down").hidden) toEnd();
  height = $("log").clientHeight;
}).observe($("log"));
$("log").addEventListener("scroll", () => {
  if ($("log").clientHeight === height) $("down").hidden = atEnd();
});

$("log").addEventListener("click", (event) => {
  const { target } = event;
  const id = Number(target.closest("[data-id]")?.dataset.id);
  const { tap: data } = target.closest("[data-tap]")?.dataset ?? {};
  const { command } = target.closest("[data-command]")?.dataset ?? {};
  const { goto } = target.closest("[data-goto]")?.dataset ?? {};
  const { action } = target.closest("[data-action]")?.dataset ?? {};
  const { href } = target.closest("a[href]") ?? {};
  if (data !== undefined) tap(target.closest("[data-tap]"), id);
  else if (command) send(toast, command);
  else if (goto) goTo(goto);
  else if (action) begin(action, messagesOf(current().chat).get(id));
  else if (href && follow(href)) event.preventDefault();
});

document.addEventListener("keydown", ({ key, target }) => {
  if (key === "Escape" && target !== $("text") && !$("alert").open) $("text").focus();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) { markRead(current()); showChats(); }
});
