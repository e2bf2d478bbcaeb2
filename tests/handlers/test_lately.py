"""What is remembered for ten minutes holds no word of anybody's."""

from __future__ import annotations

import gc
from collections.abc import Iterable

from telegram import Message, Update

from bot.answering import Decision
from bot.handlers.asking import Asked
from bot.handlers.lately import Lately
from tests.entries import WHERE, answered

CANARY = "Zaporizhzhia-canary-4711"


def message(number: int, text: str = f"{CANARY}?") -> Message:
    told = {
        "message_id": number,
        "date": 1_770_000_000,
        "chat": {"id": -1000000000005, "type": "supergroup", "title": CANARY},
        "from": {"id": 7, "is_bot": False, "first_name": CANARY, "username": "canary4711"},
        "text": text,
        "media_group_id": "1",
    }
    update = Update.de_json({"update_id": 1, "message": told}, None)
    assert update.message is not None
    return update.message


def reachable(thing: object) -> Iterable[object]:
    """Everything that the memory keeps alive; not classes and modules, which all share."""
    seen: dict[int, object] = {}
    waiting = [thing]
    while waiting:
        found = waiting.pop()
        if id(found) not in seen and not isinstance(found, type):
            seen[id(found)] = found
            is_data = isinstance(found, Lately) or type(found).__module__ != "builtins"
            if is_data or isinstance(found, dict | list | tuple | set | frozenset):
                waiting += gc.get_referents(found)
    return seen.values()


def remembering(decision: Decision) -> Lately:
    lately = Lately(lambda: 0.0)
    for number in range(10):
        asked = Asked(f"{CANARY}? {number}", number)
        lately.answered(message(number), asked, decision, by=100 + number)
        lately.note_album(message(number))
    return lately


def test_no_text_and_no_name_is_kept() -> None:
    held = list(reachable(remembering(answered(WHERE))))
    strings = {it for it in held if isinstance(it, str)}
    assert "where" in strings, "this test no longer sees what is kept"
    assert not [it for it in strings if "canary" in it.lower()]
    assert not [it for it in held if isinstance(it, Message | Asked)]


def test_the_question_is_kept_as_a_number_that_tells_the_same_from_another() -> None:
    lately = remembering(answered(WHERE))
    given = lately.given(message(3))
    assert given is not None
    assert isinstance(given.question, int)
    assert lately.is_same(given, Asked(f"{CANARY.upper()}?  3", 3))
    assert not lately.is_same(given, Asked(f"{CANARY}? 4", 3))
