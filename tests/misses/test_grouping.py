"""Misses that ask alike come together, and what the FAQ answers by now is not shown."""

from __future__ import annotations

from datetime import date

from bot.answering import Answerer
from bot.misses import Kind, Miss
from bot.misses.grouping import grouped

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
NO, NONE, NOT = Kind.NO_MATCH, Kind.NONE_OF_THESE, Kind.NOT_ASKED


def texts(answerer: Answerer, *misses: Miss) -> list[list[str]]:
    return [list(group.texts) for group in grouped(misses, answerer).groups]


def test_questions_in_other_words_and_letters_come_together(answerer: Answerer) -> None:
    found = grouped(
        [
            Miss(MONDAY, NO, "who cooks borscht for them"),
            Miss(TUESDAY, NO, "Who cooks borscht for them?", times=3),
            Miss(MONDAY, NO, "whos cooking the borscht"),
            Miss(MONDAY, NO, "will there be a parade", times=2),
        ],
        answerer,
    )
    borscht, parade = found.groups
    assert list(borscht.texts.items()) == [
        ("Who cooks borscht for them?", 4),
        ("whos cooking the borscht", 1),
    ]
    assert (borscht.times, borscht.last, borscht.kinds) == (5, TUESDAY, {NO: 5})
    assert (parade.texts, parade.times) == ({"will there be a parade": 2}, 2)
    assert (found.times, found.answered) == (7, 0)


def test_ukrainian_and_russian_come_together(answerer: Answerer) -> None:
    both = ["кто варит им борщ", "хто варить їм борщ"]
    assert texts(answerer, *(Miss(MONDAY, NO, text) for text in both)) == [both]


def test_small_words_alone_bring_nothing_together(answerer: Answerer) -> None:
    asked = ["what is the borscht", "what is the parade"]
    assert texts(answerer, *(Miss(MONDAY, NO, text) for text in asked)) == [[it] for it in asked]


def test_what_is_answered_by_now_is_only_counted(answerer: Answerer) -> None:
    misses = [
        Miss(MONDAY, kind, "Who mediates the talks?", "where", times=2) for kind in (NO, NONE)
    ]
    found = grouped(misses, answerer)
    assert (found.groups, found.answered) == ((), 4)


def test_an_answer_that_was_refused_does_not_count_as_one(answerer: Answerer) -> None:
    entry = answerer.candidates("Who mediates the talks?")[0].id
    (group,) = grouped([Miss(MONDAY, NOT, "Who mediates the talks?", entry)], answerer).groups
    assert group.refused == (entry,)
    assert entry not in {candidate.id for candidate in group.candidates}


def test_suggestions_that_were_refused_are_not_the_nearest(answerer: Answerer) -> None:
    (group,) = grouped([Miss(MONDAY, NONE, "sanctions")], answerer).groups
    assert len(group.refused) >= 2
    assert not {candidate.id for candidate in group.candidates} & set(group.refused)


def test_a_question_without_its_name_is_not_taken_for_answered(answerer: Answerer) -> None:
    assert texts(answerer, Miss(MONDAY, NO, "Who mediates the talks, [name]?"))


def test_taps_under_unknown_words_are_counted_by_entry(answerer: Answerer) -> None:
    misses = [Miss(MONDAY, NOT, "", "where"), Miss(TUESDAY, NOT, "", "where", times=4)]
    groups = grouped([*misses, Miss(MONDAY, NONE, "")], answerer).groups
    assert [(group.texts, group.refused, group.times) for group in groups] == [
        ({}, ("where",), 5),
        ({}, (), 1),
    ]


def test_the_order_does_not_depend_on_that_of_the_rows(answerer: Answerer) -> None:
    misses = [Miss(MONDAY, NO, text) for text in ("b borscht", "a parade", "c parade", "d opera")]
    assert grouped(misses, answerer) == grouped(misses[::-1], answerer)


def test_nothing_missed_is_nothing(answerer: Answerer) -> None:
    assert grouped([], answerer).groups == ()
