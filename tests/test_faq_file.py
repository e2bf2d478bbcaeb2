"""The bot's own faq.yaml, held to the editorial rules that no machine can read into other files."""

from __future__ import annotations

from datetime import date

import pytest

from bot import reading
from bot.answering import Suggest
from bot.article import first_sentence
from bot.faq import ENGLISH, LANGUAGES, Entry, Faq, coverage
from bot.language import language_of
from bot.playground.markup import parse_html
from bot.replies import Replies
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_with_buttons_tells_its_language_by_its_first_line(language: str) -> None:
    replies = Replies(FILE, lambda: date(2026, 11, 24))
    shown = [replies.entry(id, language) for id in FILE.entries]
    shown += [replies.topic(topic, page, language) for topic in FILE.topics for page in (1, 2, 3)]
    shown += [show(language) for show in (replies.start, replies.help, replies.topics)]
    shown += [replies.no_answer(language), replies.render(_undecided(language))]
    first = [parse_html(reply.html)[0].partition("\n")[0] for reply in shown if reply]
    assert [line for line in first if language_of(line) != language] == []


def _undecided(language: str) -> Suggest:
    entries = tuple(FILE.entries.values())[:2]
    return Suggest(query="?", language=language, rule="", entries=entries)


def test_enough_is_answered_and_enough_is_known_to_be_unknown(faq: Faq) -> None:
    unknown = sum(entry.unknown for entry in faq.entries.values())
    assert len(faq.entries) - unknown >= 35
    assert unknown >= 25


def test_every_sentence_of_the_article_is_quoted(faq: Faq) -> None:
    assert set(coverage(faq).values()) == {()}
