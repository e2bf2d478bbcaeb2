"""Every fixed text in every language: all there, filled with the same, and short enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, NumberLiteral, Resource, VariableReference, Variant
from fluent.syntax.visitor import Visitor

import bot
from bot import reading
from bot.answering import Answer, Suggest
from bot.faq import LANGUAGES, Entry
from bot.playground.markup import parse_html
from bot.replies import Address, Briefs, Replies, Reply
from bot.wording import Wording, available
from tests.conftest import ROOT

LOCALES = Path(bot.__file__).parent / "locales"
PARSED: dict[str, Resource] = {
    language: FluentParser().parse((LOCALES / f"{language}.ftl").read_text("utf-8"))
    for language in LANGUAGES
}
FILE = reading.read(ROOT / "faq.yaml")
AT = Address("a_name_of_thirty_two_letters_bot", "/ask@a_name_of_thirty_two_letters_bot")
IN_EACH = pytest.mark.parametrize("language", LANGUAGES)

LABEL_LIMIT = 40
TOAST_LIMIT = 200
"""Characters, as the Bot API says of answerCallbackQuery."""

COMMAND_LIMIT = 256
"""Characters of a command's description, as the Bot API says of BotCommand."""

INLINE_BUTTON_LIMIT = 64
"""Characters of the button above an inline list that phones show in full."""


def messages(language: str) -> dict[str, Message]:
    return {entry.id.name: entry for entry in PARSED[language].body if isinstance(entry, Message)}


class Filled(Visitor):
    """What a text is filled with, and what variants of words (not of numbers) it has."""

    def __init__(self, message: Message) -> None:
        self.names: set[str] = set()
        self.variants: set[str] = set()
        self.visit(message)

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)

    def visit_Variant(self, node: Variant) -> None:  # noqa: N802
        if not isinstance(node.key, NumberLiteral):
            self.variants.add(node.key.name)
        self.generic_visit(node)


def test_each_language_that_an_faq_may_have_has_its_texts() -> None:
    assert available() == LANGUAGES
    assert {path.stem for path in LOCALES.glob("*.ftl")} == set(LANGUAGES)


@IN_EACH
def test_no_text_is_missing_too_many_twice_or_lost(language: str) -> None:
    entries = PARSED[language].body
    assert [entry.content for entry in entries if isinstance(entry, Junk)] == []
    names = [entry.id.name for entry in entries if isinstance(entry, Message)]
    assert names == list(messages("en"))


@IN_EACH
def test_a_text_is_filled_with_the_same_in_every_language(language: str) -> None:
    theirs, english = messages(language), messages("en")
    filled = {name: Filled(theirs[name]).names for name in english}
    assert filled == {name: Filled(english[name]).names for name in english}


@IN_EACH
@pytest.mark.parametrize("name", ["button-other-side", "privacy"])
def test_a_text_has_the_same_cases_in_every_language(language: str, name: str) -> None:
    assert Filled(messages(language)[name]).variants == Filled(messages("en")[name]).variants


@IN_EACH
@pytest.mark.parametrize("sources", [1, 2, 5, 11, 21, 22, 100, 111])
def test_a_number_of_articles_takes_its_plural(language: str, sources: int) -> None:
    said = Wording(language).text("no-answer", sources=sources, date="4.2.2026", title="?")
    one, few, many = {
        "en": ("article", "articles", "articles"),
        "uk": ("статтю", "статті", "статей"),
        "ru": ("статью", "статьи", "статей"),
    }[language]
    plural = many
    if sources == 1 or (sources == 21 and language != "en"):
        plural = one
    elif sources in (2, 22):
        plural = few
    assert plural in said.replace(",", "").split()


AGES = {
    "uk": {
        1: "1 день тому",
        2: "2 дні тому",
        5: "5 днів тому",
        7: "1 тиждень тому",
        14: "2 тижні тому",
        30: "1 місяць тому",
        60: "2 місяці тому",
        150: "5 місяців тому",
        293: "9 місяців тому",
        330: "11 місяців тому",
        365: "1 рік тому",
        365 * 2: "2 роки тому",
        365 * 5: "5 років тому",
        365 * 11: "11 років тому",
        365 * 21: "21 рік тому",
        365 * 22: "22 роки тому",
    },
    "ru": {
        1: "1 день назад",
        2: "2 дня назад",
        5: "5 дней назад",
        7: "1 неделю назад",
        14: "2 недели назад",
        30: "1 месяц назад",
        60: "2 месяца назад",
        150: "5 месяцев назад",
        293: "9 месяцев назад",
        330: "11 месяцев назад",
        365: "1 год назад",
        365 * 2: "2 года назад",
        365 * 5: "5 лет назад",
        365 * 11: "11 лет назад",
        365 * 21: "21 год назад",
        365 * 22: "22 года назад",
    },
}
"""By days. There is never a "21 days ago": whole weeks, months and years are told as such."""


@pytest.mark.parametrize(
    ("language", "days", "age"),
    [(language, days, age) for language, ages in AGES.items() for days, age in ages.items()],
)
def test_an_age_takes_its_plural(language: str, days: int, age: str) -> None:
    assert Wording(language).age(timedelta(days)) == age


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("en", "4 February 2026", "4 Feb 2026"),
        ("uk", "4 лютого 2026", "4 лют. 2026"),
        ("ru", "4 февраля 2026", "4 февр. 2026"),
    ],
)
def test_a_month_stands_in_its_case(language: str, long: str, short: str) -> None:
    wording = Wording(language)
    assert (wording.day(date(2026, 2, 4)), wording.short_day(date(2026, 2, 4))) == (long, short)


@IN_EACH
def test_buttons_toasts_and_commands_are_short_enough(language: str) -> None:
    for name in messages(language):
        match name.partition("-")[0]:
            case "button" if name == "button-other-side":
                parties = ("Russia", "Ukraine", "United-States", "other")
                labels = [Wording(language).text(name, party=party) for party in parties]
                assert len({*labels}) == len(parties)
                assert max(map(len, labels)) <= LABEL_LIMIT
            case "button":
                assert 1 <= len(Wording(language).text(name)) <= LABEL_LIMIT
            case "toast":
                assert 1 <= len(Wording(language).text(name)) <= TOAST_LIMIT
            case "command":
                assert 1 <= len(Wording(language).text(name)) <= COMMAND_LIMIT


def shown(reply: Reply | None) -> str:
    """What people read of a reply."""
    assert reply is not None
    return parse_html(reply.html)[0]


def private(language: str) -> Iterator[Reply | None]:
    replies = Replies(FILE, lambda: date(2026, 11, 24))
    yield from (replies.entry(id, language) for id in FILE.entries)
    yield from (replies.topic(topic, 1, language) for topic in FILE.topics)
    yield from (show(language) for show in (replies.start, replies.help, replies.topics))
    yield replies.no_answer(language, next(iter(FILE.entries.values())))


@IN_EACH
def test_a_message_of_the_bots_own_file_is_short_enough_with_every_button(language: str) -> None:
    for reply in private(language):
        assert len(shown(reply)) <= 1500
        assert reply is not None
        assert all(1 <= len(button.label) <= LABEL_LIMIT for button in reply.buttons)


@IN_EACH
def test_start_is_read_at_a_glance(language: str) -> None:
    assert len(shown(Replies(FILE, lambda: date(2026, 11, 24)).start(language))) <= 500


@IN_EACH
def test_a_group_reads_every_answer_and_text_whole(language: str) -> None:
    briefs = Briefs(FILE)
    entries = list(FILE.entries.values())
    longest = sorted(entries, key=lambda entry: -len(entry.text(language).question))[:3]
    replies = [briefs.render(answer(entry, language), AT) for entry in entries]
    replies += [briefs.earlier(entry, language, AT) for entry in entries]
    replies += [show(language, AT) for show in (briefs.usage, briefs.start, briefs.privacy)]
    replies.append(
        briefs.render(Suggest(query="?", language=language, rule="", entries=tuple(longest)), AT)
    )
    texts = [shown(reply) for reply in replies]
    assert max(map(len, texts)) <= 350
    assert not any("…" in text for text in texts), "something is cut"


@IN_EACH
def test_an_inline_list_has_a_title_and_a_message_for_every_entry(language: str) -> None:
    briefs = Briefs(FILE)
    for entry in FILE.entries.values():
        (article,) = briefs.articles([entry], language, AT)
        assert 1 <= len(article.title) <= 100
        assert article.title == entry.texts[language].question
        assert len(shown(Reply(article.html))) <= 450
    assert len(briefs.all_topics(language)) <= INLINE_BUTTON_LIMIT


def answer(entry: Entry, language: str) -> Answer:
    return Answer(query="?", language=language, rule="", entry=entry)
