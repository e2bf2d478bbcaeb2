"""The fixed texts: all there, all used, and dates and ages as people say them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message
from hypothesis import given, settings
from hypothesis import strategies as st

import bot
from bot.handlers.commands import FOR_ADMINS, MENUS
from bot.wording import Wording, available
from tests.locales import ENGLISH_FILE, ukrainian_too

PACKAGE = Path(bot.__file__).parent
BODY = FluentParser().parse(ENGLISH_FILE).body
NAMES_OF_TEXTS = [entry.id.name for entry in BODY if isinstance(entry, Message)]
COMMANDS = {f"command-{name}" for names in (*dict(MENUS).values(), FOR_ADMINS) for name in names}

ASK_FOR_A_TEXT = {"text", "say", "_say", "_plain", "toast"}
"""Functions whose first argument is the name of a text."""

ENGLISH = Wording("en")


def code() -> Iterator[ast.AST]:
    for path in PACKAGE.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_text_that_code_asks_for_is_there() -> None:
    asked = {
        argument.value
        for node in code()
        if isinstance(node, ast.Call) and name_of(node.func) in ASK_FOR_A_TEXT
        for argument in node.args[:1]
        if isinstance(argument, ast.Constant)
    }
    assert len(asked) > 15, "this test no longer sees how code asks for texts"
    assert (asked | COMMANDS) - set(NAMES_OF_TEXTS) == set()


def test_every_text_that_is_there_is_used() -> None:
    strings = {node.value for node in code() if isinstance(node, ast.Constant)}
    assert [name for name in NAMES_OF_TEXTS if name not in strings | COMMANDS] == []


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_what_is_filled_in_is_said_as_it_stands(note: str) -> None:
    said = ENGLISH.text("corrected", date="5 Feb 2026", note=note)
    assert said == f"Corrected 5 Feb 2026: {note}"


def test_a_name_that_no_text_has_is_a_programmers_error() -> None:
    with pytest.raises(KeyError, match="no-such-text"):
        ENGLISH.text("no-such-text")


def test_a_text_that_lacks_what_it_is_filled_with_is_a_programmers_error() -> None:
    with pytest.raises(KeyError, match="note"):
        ENGLISH.text("corrected", date="5 Feb 2026")


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 2, 4), "4 February 2026", "4 Feb 2026"),
        (date(2025, 12, 31), "31 December 2025", "31 Dec 2025"),
    ],
)
def test_a_date_in_words(day: date, long: str, short: str) -> None:
    assert ENGLISH.day(day) == long
    assert ENGLISH.short_day(day) == short


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (1, "1 day ago"),
        (6, "6 days ago"),
        (7, "1 week ago"),
        (13, "1 week ago"),
        (14, "2 weeks ago"),
        (29, "4 weeks ago"),
        (30, "1 month ago"),
        (59, "1 month ago"),
        (292, "9 months ago"),
        (329, "10 months ago"),
        (330, "11 months ago"),
        (364, "12 months ago"),
        (365, "1 year ago"),
        (729, "1 year ago"),
        (730, "2 years ago"),
    ],
)
def test_an_age_is_told_in_whole_units_and_never_rounded_up(days: int, age: str) -> None:
    assert ENGLISH.age(timedelta(days)) == age


@pytest.mark.parametrize("language", ["de", "", "EN", "../../README"])
def test_a_language_without_a_file_speaks_english(language: str) -> None:
    wording = Wording(language)
    assert wording.language == "en"
    assert wording.text("button-back") == ENGLISH.text("button-back")


def test_english_is_available_and_comes_first() -> None:
    assert available()[0] == "en"


def test_a_file_is_all_that_a_language_needs(tmp_path: Path) -> None:
    with ukrainian_too(tmp_path, "button-back = Назад"):
        assert available() == ("en", "uk")
        ukrainian = Wording("uk")
        assert ukrainian.text("button-back") == "Назад"
    assert ukrainian.day(date(2026, 2, 4)) == "4 лютого 2026"
    assert ukrainian.age(timedelta(292)) == "9 місяців тому"
