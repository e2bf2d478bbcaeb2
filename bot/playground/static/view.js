// Who is looking, and at which chat. A forum's topics are chats of their own here.

import { messagesOf, world } from "./world.js";

export const view = { person: 0, key: "" };

const unread = new Map();

export const me = () => world.people.get(view.person);

/** The chats of the person, as {key, chat, topic, title, group}; `chat` is the Bot API's id. */
export function chats(person = view.person) {
  const { first_name: title, id: tint } = world.bot;
  const own = { key: `${person}`, chat: person, topic: 0, title, tint };
  const groups = [...world.groups.values()].filter((group) => isMember(group, person));
  return [own, ...groups.flatMap(places)];
}

function places(group) {
  const { id: chat, title } = group;
  const place = { key: `${chat}`, chat, topic: 0, title, tint: chat, group };
  if (!group.is_forum) return [place];
  const topics = group.topics.map(({ id: topic, name }) =>
    ({ ...place, key: `${chat}/${topic}`, topic, title: name, tint: topic }));
  return [{ ...place, title: "General" }, ...topics];
}

export const isMember = (group, id) => group.members.some((member) => member.id === id);

export const current = () => chats().find(({ key }) => key === view.key) ?? chats()[0];

export const isMine = (message) => message.from.id === view.person && !message.sender_chat;

export const isEditable = (message) => isMine(message) && message.text && !message.via_bot;

const topicOf = (message) => (message.is_topic_message ? message.message_thread_id : 0);

export const isIn = (message, { chat, topic, group }) =>
  message.chat.id === chat && (!group?.is_forum || topicOf(message) === topic);

export const messagesIn = (place) =>
  [...messagesOf(place.chat).values()].filter((message) => isIn(message, place));

/** What the methods of the server need to know of the place. */
export const address = ({ chat, topic }) => (topic ? { chat, topic } : { chat });

/** Counts the message for everybody who does not see it come. */
export function count(message) {
  for (const person of world.people.keys()) {
    const place = chats(person).find((place) => isIn(message, place));
    const seen = person === view.person && place?.key === current().key && !document.hidden;
    if (place && !seen && message.from.id !== person) {
      const key = `${person} ${place.key}`;
      unread.set(key, (unread.get(key) ?? 0) + 1);
    }
  }
}

export const unreadIn = ({ key }) => unread.get(`${view.person} ${key}`) ?? 0;

export const markAllRead = () => unread.clear();

export const markRead = ({ key }) => unread.delete(`${view.person} ${key}`);
