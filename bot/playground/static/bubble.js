// One message as it looks in a chat.

import { el, icon, portray, tint } from "./dom.js";
import { formatted } from "./text.js";

const OTHERS = {
  photo: "Photo", sticker: "Sticker", voice: "Voice message", video: "Video", audio: "Audio",
  animation: "GIF", video_note: "Video message", location: "Location", contact: "Contact",
  poll: "Poll", dice: "Dice", story: "Story", venue: "Venue",
};

export const time = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export const day = (seconds) =>
  new Date(seconds * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "long" });

export const sender = (message) => message.sender_chat?.title ?? message.from.first_name;

/** What happened to the chat, if the message tells that; else nothing. */
export function event(message) {
  const names = (message.new_chat_members ?? []).map((user) => user.first_name).join(", ");
  if (names) return `${names} joined the group`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} left the group`;
  if (message.forum_topic_created) return `Topic “${message.forum_topic_created.name}” was created`;
  if (message.forum_topic_closed) return "The topic was closed";
  if (message.migrate_to_chat_id) return "The group became a supergroup";
  if (message.migrate_from_chat_id) return "The group is a supergroup now";
  return "";
}

/** The message in one line, for lists and replies. */
export function summary(message) {
  const kind = Object.keys(OTHERS).find((name) => name in message);
  const other = kind ? OTHERS[kind] : message.document?.file_name;
  return message.text || message.caption || event(message) || other || "Message";
}

/** What the message answers; a topic's first message is no answer. */
export const replied = ({ reply_to_message: message }) =>
  message && !message.forum_topic_created ? message : undefined;

/** `mine`: it is the person's own; `named`: its sender is shown, as in groups. */
export function bubble(message, { mine, named, editable }) {
  const happened = event(message);
  if (happened) {
    return el("div", { class: "event", "data-id": message.message_id }, el("span", {}, happened));
  }
  const answered = replied(message);
  const content = el(
    "div",
    { class: "bubble" },
    named && el("p", { class: "sender" }, sender(message)),
    !named && el("span", { class: "unseen" }, `${mine ? "You" : sender(message)}: `),
    message.forward_origin && el("p", { class: "origin" }, `Forwarded from ${origin(message)}`),
    message.via_bot && el("p", { class: "origin" }, `via @${message.via_bot.username}`),
    answered && preview(answered),
    el("div", { class: "text" }, ...body(message), meta(message)),
    reactions(message),
  );
  if (named) content.dataset.tint = tint(message.from.id);
  const avatar = el("span", { class: "avatar", "aria-hidden": "true" });
  return el(
    "article",
    { class: `message ${mine ? "out" : "in"}`, tabIndex: -1, "data-id": message.message_id },
    named && portray(avatar, sender(message), message.from.id),
    content,
    el("div", { class: "actions" }, action("reply", "Reply"), editable && action("edit", "Edit")),
    keyboard(message),
  );
}

function origin({ forward_origin: from }) {
  return from.chat?.title ?? from.sender_user?.first_name ?? from.sender_user_name;
}

function body(message) {
  if (message.text) return formatted(message.text, message.entities);
  const attached = message.document && !message.animation
    ? el("span", { class: "file" }, icon("file"), el("b", {}, summary({ ...message, caption: "" })))
    : el("span", { class: "other" }, summary({ ...message, caption: "" }));
  const caption = message.caption ? formatted(message.caption, message.caption_entities) : [];
  return [attached, ...caption];
}

function preview(message) {
  return el(
    "button",
    {
      type: "button",
      class: "reply",
      "data-goto": message.message_id,
      "data-tint": tint(message.from.id),
    },
    el("span", { class: "unseen" }, "In reply to "),
    el("b", {}, sender(message)),
    el("span", {}, summary(message)),
  );
}

function meta(message) {
  const silent = el(
    "span",
    { class: "silent", title: "Sent without a sound" },
    icon("silent"),
    el("span", { class: "unseen" }, "silent"),
  );
  const edited = message.edit_date && el("span", {}, "edited");
  const moment = new Date(message.date * 1000).toISOString();
  const sent = el("time", { dateTime: moment }, time(message.date));
  return el("span", { class: "meta" }, message.silent && silent, edited, sent);
}

function reactions(message) {
  const given = Object.entries(message.reactions);
  const shown = given.map(([emoji, people]) => el("li", {}, `${emoji} ${people.length}`));
  return shown.length > 0 && el("ul", { class: "reactions", "aria-label": "Reactions" }, ...shown);
}

function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return false;
  const made = rows.map((row) => el("div", { class: "row" }, ...row.map(button)));
  return el("div", { class: "keyboard", role: "group", "aria-label": "Buttons" }, ...made);
}

function button({ text, url, callback_data: data }) {
  if (!url) return el("button", { type: "button", "data-tap": data }, text);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text, icon("out"));
}

function action(name, label) {
  const facts = { "data-action": name, "aria-label": label, title: label, tabIndex: -1 };
  return el("button", { type: "button", class: "icon", ...facts }, icon(name));
}
