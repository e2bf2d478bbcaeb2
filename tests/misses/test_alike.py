"""Queries that ask alike come together, whatever words they share with others."""

from __future__ import annotations

from bot.misses.alike import alike


def groups(*queries: str) -> list[list[int]]:
    return alike(queries)


def test_forms_of_the_same_words_ask_alike() -> None:
    assert groups("cook borscht", "parade route", "cooking borscht") == [[0, 2], [1]]


def test_what_is_alike_to_two_joins_the_first() -> None:
    assert groups("borscht parade", "borscht opera", "opera borscht parade") == [[0, 2], [1]]


def test_a_word_that_all_share_brings_nothing_together() -> None:
    assert groups("talks parade", "talks opera", "talks borscht") == [[0], [1], [2]]


def test_what_is_alike_only_to_one_that_joined_stands_alone() -> None:
    asked = ("borscht parade", "borscht parade opera", "parade opera chef")
    assert groups(*asked) == [[0, 1], [2]]


def test_queries_without_words_stand_alone() -> None:
    assert groups("", "") == [[0], [1]]


def test_of_nothing_there_is_nothing() -> None:
    assert groups() == []
