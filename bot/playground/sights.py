"""What people see, as JSON: the Bot API's own, and what it tells no bot."""

from __future__ import annotations

from bot.playground.changes import Change
from bot.playground.fields import Json
from bot.playground.groups import Group
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.queries import InlineQuery
from bot.playground.telegram import Telegram


def state(telegram: Telegram) -> Json:
    """All there is."""
    places: list[Person | Group] = [*telegram.people.values(), *telegram.groups.values()]
    return {
        "bot": telegram.get_me(),
        "people": [person_as_json(person) for person in telegram.people.values()],
        "groups": [group_as_json(group) for group in telegram.groups.values()],
        "messages": [message_as_json(message) for place in places for message in place.messages],
    }


def person_as_json(person: Person) -> Json:
    return person.user.as_json() | {"blocked": person.blocked}


def group_as_json(group: Group) -> Json:
    topics = (message for message in group.messages if message.opens_topic)
    return group.chat.as_json() | {
        "members": [user.as_json() | {"status": group.status(user)} for user in group.users],
        "topics": [
            {"id": topic.id, "name": topic.content["forum_topic_created"]["name"]}
            for topic in topics
        ],
    }


def message_as_json(message: Message) -> Json:
    """`reactions` are told by emoji, as the ids of the people who put them there."""
    reactions: dict[str, list[int]] = {}
    for user, emojis in message.reactions.items():
        for emoji in emojis:
            reactions.setdefault(emoji, []).append(user.id)
    return message.as_json() | {"silent": message.silent, "reactions": reactions}


def query_as_json(query: InlineQuery) -> Json:
    """`results` are null until the bot answers; `switch` is the button above them, if any."""
    results = [
        {"id": result.id, "title": result.title, "description": result.description}
        for result in query.results or ()
    ]
    return {
        "query": query.id,
        "results": None if query.results is None else results,
        "switch": query.switch and {"text": query.switch.text, "start": query.switch.start},
    }


def change_as_json(change: Change) -> Json:
    what = change.what
    match what:
        case Person():
            what = person_as_json(what)
        case Group():
            what = group_as_json(what)
        case Message():
            what = message_as_json(what)
        case InlineQuery():
            what = query_as_json(what)
    return {"event": change.kind, "what": what}
