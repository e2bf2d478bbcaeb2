"""The bot's own faq.yaml, held to the editorial rules that no machine can read into other files."""

from __future__ import annotations

import pytest

from bot import reading
from bot.article import first_sentence
from bot.faq import ENGLISH, Entry, Faq, coverage
from bot.wording import Wording
from tests.conftest import ROOT

FILE = reading.read(ROOT / "faq.yaml")
ENTRIES = pytest.mark.parametrize("entry", FILE.entries.values(), ids=lambda entry: entry.id)
PUBLISHED = {Wording(ENGLISH).day(source.published) for source in FILE.sources.values()}


@ENTRIES
def test_an_answer_says_of_when_it_is_before_anything_else(entry: Entry) -> None:
    text = entry.text(ENGLISH)
    assert any(day in first_sentence(text.answer) for day in PUBLISHED)
    assert any(day in text.short for day in PUBLISHED)


@ENTRIES
def test_there_are_many_ways_to_ask_for_an_entry(entry: Entry) -> None:
    assert len(entry.phrasings) > 8


@ENTRIES
def test_names_are_spelt_as_in_the_article(entry: Entry) -> None:
    text = entry.text(ENGLISH)
    said = f"{text.question} {text.answer} {text.short}"
    assert not any(name in said for name in ("Zelensky ", "Zelenskiy", "Kiev", "Donbass"))


def test_enough_is_answered_and_enough_is_known_to_be_unknown(faq: Faq) -> None:
    unknown = sum(entry.unknown for entry in faq.entries.values())
    assert len(faq.entries) - unknown >= 35
    assert unknown >= 25


def test_every_sentence_of_the_article_is_quoted(faq: Faq) -> None:
    assert set(coverage(faq).values()) == {()}
