"""What a text is made of, by hand."""

from __future__ import annotations

from bot.matching.features import extract, runs
from bot.text import stem


def test_the_features_of_a_text_by_hand() -> None:
    stems, pairs, found = extract(("talks", "to", "talk", "to"), stem)
    assert stems == {"talk": 2, "to": 2}
    assert pairs == {("talk", "to"): 3}
    assert found == {"<ta": 2, "tal": 2, "alk": 2, "lks": 1, "ks>": 1, "lk>": 1, "<to": 2, "to>": 2}


def test_a_pair_has_no_order() -> None:
    assert extract(("russia", "ukraine"), stem)[1] == extract(("ukraine", "russia"), stem)[1]


def test_a_word_of_one_letter_is_one_run() -> None:
    assert runs("a") == ["<a>"]


def test_a_text_without_words_has_no_features() -> None:
    assert extract((), stem) == ({}, {}, {})
