"""What a text is made of, by hand."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.background import frequencies
from bot.matching.features import UNKNOWN, Vocabulary, in_order, runs
from bot.text import stem

TEXTS = ["talks to talk to".split(), "a war".split()]


def vocabulary() -> Vocabulary:
    learned = Vocabulary(stem)
    learned.learn(TEXTS)
    return learned


def test_the_features_of_a_text_by_hand() -> None:
    stems, pairs, found = map(Counter, vocabulary().features("talks to talk to".split()))
    assert sorted(stems.values()) == [2, 2]
    assert list(pairs.values()) == [3]
    # <ta tal alk lks ks>, <to to>, <ta tal alk lk>, <to to>
    assert sorted(found.values()) == [1, 1, 1, 2, 2, 2, 2, 2]


def test_each_family_has_columns_of_its_own() -> None:
    known = vocabulary()
    ends = known.ends
    stems, pairs, found = known.features("talks to talk to".split())
    assert 0 <= min(stems) <= max(stems) < ends[0] <= min(pairs) <= max(pairs) < ends[1]
    assert ends[1] <= min(found) <= max(found) < ends[2]


def test_a_text_is_counted_as_it_was_learned() -> None:
    known = Vocabulary(stem)
    rows, columns, counts = known.learn(TEXTS)
    for row, text in enumerate(TEXTS):
        of_row = rows == row
        learned = zip(columns[of_row].tolist(), counts[of_row].tolist(), strict=True)
        assert dict(learned) == Counter(chain(*known.features(text)))


def test_what_no_text_holds_has_no_column() -> None:
    stems, pairs, found = vocabulary().features("to xyz abc xyz to".split())
    assert [at == UNKNOWN for at in stems] == [False, True, True, True, False]
    assert pairs == [UNKNOWN] * 4
    # <xy xyz yz> <ab abc bc> <xy xyz yz> are unknown, <to to> are not.
    assert [at == UNKNOWN for at in found] == 2 * [False] + 9 * [True] + 2 * [False]


def test_a_text_beside_another_makes_no_pair_with_it() -> None:
    assert vocabulary().features(["to", "a"])[1] == [UNKNOWN]


def test_a_word_in_another_form_has_the_same_stem() -> None:
    known = vocabulary()
    assert known.features(["talking"])[0] == known.features(["talks"])[0]


def test_a_pair_has_no_order() -> None:
    known = vocabulary()
    assert known.features(["to", "talk"])[1] == known.features(["talk", "to"])[1]
    assert min(known.features(["war", "a"])[1]) >= 0


def test_a_word_of_one_letter_is_one_run() -> None:
    assert len(runs("a")) == 1


def test_runs_are_the_same_number_where_they_are_the_same_characters() -> None:
    start, tal, alk, end = runs("talk")
    assert runs("tall")[:2] == [start, tal]
    assert runs("walk")[2:] == [alk, end]
    assert len({start, tal, alk, end, *runs("klat")}) == 8


@given(st.lists(st.text("abя😀", min_size=1, max_size=5), max_size=5))
def test_runs_have_a_column_each_however_many_words_hold_them(text: list[str]) -> None:
    known = Vocabulary(stem)
    known.learn([text])
    found = [
        pair for word in text for pair in zip(runs(word), known.features([word])[2], strict=True)
    ]
    assert len({run for run, _ in found}) == len({at for _, at in found}) == len(set(found))


def test_runs_of_an_unknown_word_are_known_by_others() -> None:
    known = Vocabulary(stem)
    known.learn([["talks", "table"]])
    # <ta tal alk lk>
    assert known.features(["talk"])[2][:3] == known.features(["talks"])[2][:3]
    assert known.features(["talk"])[2][3] == UNKNOWN


def test_a_text_without_words_has_no_features() -> None:
    assert vocabulary().features(()) == ([], [], [])


@pytest.mark.parametrize("times", [1, 300, 70_000])
def test_pairs_are_put_in_order_and_each_is_found_once(times: int) -> None:
    first, second = np.array([2, 1, 2, 1, 1]), np.array([0, 3, 0, 2, 3]) * times
    order, starts = in_order(first, second)
    assert order.tolist() == [3, 1, 4, 0, 2]
    assert starts.tolist() == [0, 1, 3]


def test_of_no_pairs_there_are_none() -> None:
    none = np.array([], np.intp)
    order, starts = in_order(none, none)
    assert [order.tolist(), starts.tolist()] == [[], []]


def test_the_column_of_a_stem_is_found_by_any_of_its_words() -> None:
    known = vocabulary()
    talks, talking, war, peace = known.stem_columns(["talks", "talking", "war", "peace"])
    assert talks == talking != war
    assert peace == UNKNOWN
    assert {talks, war} == set(known.features(["talk", "war"])[0])


def test_what_is_used_more_often_than_at_large_is_typical() -> None:
    known = vocabulary()
    typical = known.typical(np.array([2, 2, 1, 1]))
    talk, to, a, war = (
        typical[at] for at in known.stem_columns("talk to a war".split()) if at is not None
    )
    assert talk > war > to > a >= 0
    assert talk == pytest.approx(np.log10(2.5 / 6 / frequencies(["talk", "talks"]).sum()))
