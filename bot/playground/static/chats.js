// The list of chats, and who is looking at it.

import { event, sender, summary, time } from "./bubble.js";
import { $, el, icon, portray } from "./dom.js";
import { chats, current, isMine, me, messagesIn, unreadIn, view } from "./view.js";
import { world } from "./world.js";

export function showChats() {
  const people = [...world.people.values()];
  const names = people.map(({ id, first_name: name }) =>
    el("option", { value: id, selected: id === view.person }, name));
  $("person").replaceChildren(...names);
  $("language").value = me().language_code;
  portray($("face"), me().first_name, me().id);
  const focused = document.activeElement?.dataset?.chat;
  const items = chats().flatMap((place) => {
    const heading = place.group?.is_forum && place.topic === 0;
    return [heading && forum(place.group), item(place)].filter(Boolean);
  });
  $("chats").replaceChildren(...items);
  const waiting = chats().reduce((sum, place) => sum + unreadIn(place), 0);
  document.title = waiting ? `(${waiting}) Playground` : "Playground";
  if (focused) $("chats").querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus();
}

function forum(group) {
  return el("li", { class: "forum" }, icon("people"), group.title);
}

function item(place) {
  const last = messagesIn(place).at(-1);
  const unread = unreadIn(place);
  const here = place.key === current().key;
  const topic = place.group?.is_forum;
  const button = el(
    "button",
    {
      type: "button",
      class: topic ? "place topic" : "place",
      "data-chat": place.key,
      "aria-current": here && "true",
    },
    portray(el("span", { class: "avatar", "aria-hidden": "true" }), place.title, place.tint),
    el("b", {}, place.title),
    last && el("time", {}, time(last.date)),
    el("span", { class: "last" }, last ? said(last, place) : description(place)),
    unread > 0 && el("span", { class: "unread" }, unread, el("span", { class: "unseen" }, " new")),
  );
  return el("li", {}, button);
}

function said(message, { group }) {
  const who = isMine(message) ? "You" : group && sender(message);
  return who && !event(message) ? `${who}: ${summary(message)}` : summary(message);
}

/** Who is there, in one line. */
export function description({ group }) {
  if (!group) return "bot";
  const name = ({ id, first_name: own }) => (id === view.person ? "you" : own);
  return group.members.map(name).join(", ");
}
