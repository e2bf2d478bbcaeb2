"""What tells of a person is struck out; what the article speaks of stays readable."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answerer
from bot.faq import Faq
from bot.misses.redaction import LIMIT, redacted, unmarked
from tests.conftest import ROOT
from tests.texts import ANY_TEXT


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # links and addresses
        ("see https://evil.example/x?y=1. ok", "see [link]. ok"),
        ("is www.example.org right?", "is [link] right?"),
        ("what does t.me/somebody say", "what does [link] say"),
        ("read example.com.ua about it", "read [link] about it"),
        ("tg://user?id=7 who is it", "[link] who is it"),
        ("write to a.b@c.org!", "write to [link]!"),
        ("The U.S. team, e.g. Witkoff...", "The U.S. team, e.g. Witkoff..."),
        # @names
        ("ask @max_87 or (@Olena)", "ask [name] or ([name])"),
        ("\uff20max who", "[name] who"),
        # long numbers
        ("call 0671234567 now", "call [number] now"),
        ("call +380 67 123-45-67 now", "call [number] now"),
        ("call (044) 123-45-67", "call [number]"),
        ("passport FN123456", "passport FN[number]"),
        ("١٢٣٤٥٦", "[number]"),
        ("800,000 or 600000 troops", "800,000 or 600000 troops"),
        ("24.02.2022, 2014–2022, 2026-02-04", "24.02.2022, 2014–2022, 2026-02-04"),
        ("20 percent of 150 billion", "20 percent of 150 billion"),
        # names
        ("Will Shevchenko come?", "Will [name] come?"),
        ("Will John Smith come?", "Will [name] come?"),
        ("is Mr. Kovalenko there?", "is Mr. [name] there?"),
        ("is it Kovalenko’s plan?", "is it [name] plan?"),
        ("what did Anna-Maria Zorg do", "what did [name] do"),
        ("Petrenko said what", "Petrenko said what"),
        ("WHAT DID SHEVCHENKO SAY", "WHAT DID SHEVCHENKO SAY"),
        ("Where Is The Best Pizza In Town", "Where Is The Best Pizza In Town"),
        ("who lives in Dubai on a Monday", "who lives in Dubai on a Monday"),
        # names that are introduced
        ("my name is ivan petrenko and who mediates", "my name is [name] and who mediates"),
        ("I'm Ivan, where is it?", "I'm [name], where is it?"),
        ("Меня зовут Оксана, где переговоры?", "Меня зовут [name], где переговоры?"),
        ("я Марія Коваленко, де переговори", "я [name], де переговори"),
        ("I am Ukrainian, is it over?", "I am Ukrainian, is it over?"),
        # what cannot be seen, or stored
        ("a\x00b\ud800\u200bc\x1b[2J\u2028d\r\ne", "a bc [2J d e"),
    ],
)  # fmt: skip
def test_what_is_struck_out(answerer: Answerer, text: str, kept: str) -> None:
    assert redacted(text, answerer.knows) == kept


def test_the_writers_own_names_are_struck_out(answerer: Answerer) -> None:
    own = ("Canarynella Rose Trump", "canary_87")
    asked = "canarynella here, Rose too, canary_87: did a rose go to Trump, and canarynellas?"
    kept = "[name] here, [name] too, [name]: did a rose go to Trump, and canarynellas?"
    assert redacted(asked, answerer.knows, own) == kept
    assert redacted("X asks", answerer.knows, ("X",)) == "X asks"


def test_every_name_of_the_faq_stays_readable(faq: Faq, answerer: Answerer) -> None:
    names = [name for group in faq.aliases for name in group]
    struck = [
        name
        for name in names
        if redacted(f"so who is {name} here", answerer.knows) != f"so who is {name} here"
    ]
    assert struck == []


def test_every_phrasing_of_the_faq_stays_as_it_is(faq: Faq, answerer: Answerer) -> None:
    phrasings = [p for entry in faq.entries.values() for p in entry.phrasings]
    assert [p for p in phrasings if "[" in redacted(p, answerer.knows)] == []


def test_questions_about_the_article_lose_nothing(answerer: Answerer) -> None:
    lines = (ROOT / "tests/quality/dev.jsonl").read_text("utf-8").splitlines()
    asked = [row["q"] for row in map(json.loads, lines) if row["gold"]]
    assert [q for q in asked if "[" in redacted(q, answerer.knows)] == []


@given(ANY_TEXT, st.lists(st.text(max_size=8), max_size=2))
def test_any_text_is_redacted_and_can_be_stored(text: str, own: list[str]) -> None:
    kept = redacted(text, lambda _: False, own)
    assert len(kept) <= LIMIT
    assert kept.isprintable() or any(not c.isascii() for c in kept)
    kept.encode()
    assert "\0" not in kept


def test_what_is_left_can_be_looked_up() -> None:
    assert unmarked("did [name] call [number]") == "did call"
    assert unmarked("[link]") == ""
