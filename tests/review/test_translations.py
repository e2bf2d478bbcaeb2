"""A translation says the same as the English text, or it is told that it may not."""

from __future__ import annotations

import re

import pytest

from bot.loading import File, open_file
from bot.review.translations import accepted, warnings
from tests.faq_files import ARTICLE, GOOD, changed

STALE = "may differ from the English text; compare them, then accept the translations"
FLOW = "{id: a, unknown: true, question: Who?, answer: No., uk: {question: Хто?, answer: Ні.}}"


def opened(text: str) -> File:
    return open_file(text, read=lambda _: ARTICLE)


def stale(text: str) -> int:
    return sum(message == STALE for _, message in warnings(opened(text).faq))


def test_a_translation_without_a_mark_is_stale_until_it_is_accepted() -> None:
    assert stale(GOOD) == 1
    once = accepted(GOOD, opened(GOOD))
    assert stale(once) == 0
    assert accepted(once, opened(once)) == once


def test_accepting_changes_nothing_else() -> None:
    lines = accepted(GOOD, opened(GOOD)).splitlines()
    (added,) = (line for line in lines if line.startswith("      of: "))
    assert re.fullmatch(' *of: "[0-9a-f]{8}"', added)
    assert lines[lines.index(added) - 1] == "    uk:"
    assert [line for line in lines if line != added] == GOOD.splitlines()


def test_a_changed_english_text_makes_its_translations_stale() -> None:
    once = accepted(GOOD, opened(GOOD))
    again = once.replace("Nothing else is known.", "Little else is known.")
    assert stale(again) == 1
    renewed = accepted(again, opened(again))
    assert stale(renewed) == 0
    assert renewed.count(" of: ") == 1


@pytest.mark.parametrize("old", ["", "of: 0123abcd, ", "'of': '0123abcd', "])
def test_a_translation_on_one_line_is_marked_too(old: str) -> None:
    text = f"entries:\n  - {FLOW}\n".replace("uk: {", f"uk: {{{old}")
    marked = accepted(text, opened(text))
    assert stale(marked) == 0
    assert "of: 0123abcd" not in marked


def test_several_languages_are_marked_in_whatever_order_they_stand() -> None:
    russian = "    ru:\n      question: Где?\n      answer: Там.\n    uk:\n"
    text = changed("    uk:\n", russian)
    assert stale(text) == 2
    assert stale(accepted(text, opened(text))) == 0


def test_a_missing_translation_and_one_that_hardly_anybody_finds_are_told() -> None:
    missing = [path for path, message in warnings(opened(GOOD).faq) if "reads English" in message]
    assert missing == [("entries", place) for place in (1, 2, 3)]
    english = GOOD[: GOOD.index("    uk:\n")] + GOOD[GOOD.index("  - id: russia-donbas") :]
    assert list(warnings(opened(english).faq)) == []
    phrased = changed("      question: Де", "      phrasings: [де?]\n      question: Де")
    for text, number in ((GOOD, 1), (phrased, 0)):
        messages = [message for _, message in warnings(opened(text).faq)]
        assert messages.count("has no phrasings: nothing but its question is understood") == number


@pytest.mark.parametrize(
    ("key", "answer", "told"),
    [
        ("uk", "4 февраля 2026 года переговоры начались.", "Russian, where Ukrainian"),
        ("uk", "On 4 February 2026 the talks began.", "English, where Ukrainian"),
        ("ru", "4 лютого 2026 року переговори почалися.", "Ukrainian, where Russian"),
        ("ru", "4 февраля 2026 года переговоры начались.", ""),
        ("ru", "2026", ""),
        ("", "4 лютого 2026 року переговори почалися.", "Ukrainian, where English"),
    ],
)
def test_an_answer_in_another_language_than_its_keys_is_told(
    key: str, answer: str, told: str
) -> None:
    said = f"question: Who?, answer: {answer}"
    said = f"question: Who?, answer: No., {key}: {{{said}}}" if key else said
    text = f"entries:\n  - {{id: a, unknown: true, {said}}}\n"
    found = [it for it in warnings(opened(text).faq) if "seems to be" in it[1]]
    path = ("entries", 0, *filter(None, [key]), "answer")
    assert found == [(path, f"seems to be {told} belongs")] * bool(told)


def test_a_mark_that_nobody_can_have_written_is_a_mistake() -> None:
    with pytest.raises(Exception, match="is written by check --accept-translations; remove it"):
        opened(changed("      question: Де", "      of: mine\n      question: Де"))
