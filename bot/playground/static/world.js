// What the server tells: the whole state first, then each change. Nothing here touches the page.

export const world = { bot: null, people: new Map(), groups: new Map(), messages: new Map() };

const listeners = [];
const arrivals = new Map();

/** Calls `listener(event, what)` after each change. */
export const watch = (listener) => listeners.push(listener);

/** Has a person do something; what cannot be done is an Error with the server's sentence. */
export async function act(name, body) {
  return ask(name, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export async function look(name, query) {
  return ask(`${name}?${new URLSearchParams(query)}`);
}

async function ask(path, request) {
  const response = await fetch(`/people/${path}`, request).catch(() => {
    throw new Error("The playground does not answer");
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** The bot's answer to a tap ("answer") or an inline query ("offer"); it may have come already. */
export function arrival(event, id) {
  const key = `${event} ${id}`;
  if (!arrivals.has(key)) arrivals.set(key, Promise.withResolvers());
  return arrivals.get(key);
}

const keep = {
  state(what) {
    arrivals.clear();
    world.bot = what.bot;
    world.people = new Map(what.people.map((person) => [person.id, person]));
    world.groups = new Map(what.groups.map((group) => [group.id, group]));
    world.messages = new Map();
    what.messages.forEach(keep.message);
  },
  message(what) {
    const messages = messagesOf(what.chat.id);
    what.isNew = !messages.has(what.message_id);
    messages.set(what.message_id, what);
    const group = world.groups.get(what.chat.id);
    const topic = what.forum_topic_created;
    if (topic && what.isNew && !group.topics.some(({ id }) => id === what.message_id)) {
      group.topics.push({ id: what.message_id, name: topic.name });
    }
  },
  deleted: (what) => messagesOf(what.chat).delete(what.message),
  person: (what) => world.people.set(what.id, what),
  group: (what) => world.groups.set(what.id, what),
  answer: (what) => arrival("answer", what.tap).resolve(what),
  offer: (what) => arrival("offer", what.query).resolve(what),
};

/** The messages of a chat by id, the oldest first. */
export function messagesOf(chat) {
  if (!world.messages.has(chat)) world.messages.set(chat, new Map());
  return world.messages.get(chat);
}

export function connect(onConnection) {
  const events = new EventSource("/people/events");
  events.onopen = () => onConnection(true);
  events.onerror = () => onConnection(false);
  events.onmessage = ({ data }) => {
    const { event, what } = JSON.parse(data);
    keep[event]?.(what);
    listeners.forEach((listener) => listener(event, what));
  };
}
