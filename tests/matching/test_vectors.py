"""Texts as vectors, against the slow and obvious."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.vectors import Query, Space
from bot.text import stem
from tests.matching.oracle import SlowSpace

TEXTS = st.lists(st.sampled_from("talks talk in abu dhabi war who wants peace donbas".split()))
GROUPS = st.lists(st.lists(TEXTS.filter(bool), min_size=1, max_size=3), min_size=1, max_size=4)
QUERIES = st.lists(
    st.sampled_from("talks abu dhabi wars whose peace zelenskyy of xyz".split()), min_size=1
)


def spaces(groups: list[list[list[str]]]) -> tuple[Space, SlowSpace]:
    """Two spaces of the same texts."""
    texts = [text for group in groups for text in group]
    group_of = [at for at, group in enumerate(groups) for _ in group]
    fast = Space(texts, np.cumsum([*map(len, groups)]), np.arange(len(groups)), stem)
    return fast, SlowSpace(texts, group_of)


def space(*groups: str) -> Space:
    """A space of groups of one text."""
    return spaces([[group.split()] for group in groups])[0]


def similarities(space: Space, query: Query) -> list[float]:
    """To every text of a space of groups of one text."""
    return list(space.similarities(query, np.arange(len(space.bm25(query))))[1])


@given(GROUPS, QUERIES)
def test_everything_a_space_tells_is_what_the_slow_one_tells(
    groups: list[list[list[str]]], text: list[str]
) -> None:
    fast, slow = spaces(groups)
    query = fast.query(text)
    rows = np.arange(sum(map(len, groups)))
    np.testing.assert_allclose(fast.gram(rows), np.array(slow.gram()), atol=1e-4)
    found, similar = fast.similarities(query, np.arange(len(groups)))
    assert found.tolist() == rows.tolist()
    np.testing.assert_allclose(similar, slow.similarities(text), atol=1e-4)
    np.testing.assert_allclose(fast.bm25(query), slow.bm25(text), atol=1e-4)
    everything = set().union(*slow.groups)
    np.testing.assert_allclose(query.weights.sum(), slow.share(text, everything), atol=1e-4)
    np.testing.assert_allclose(
        fast.known(query, np.arange(len(groups))),
        [slow.share(text, group) for group in slow.groups],
        atol=1e-4,
    )


@given(GROUPS, st.data())
def test_some_texts_compare_as_they_do_among_all(
    groups: list[list[list[str]]], data: st.DataObject
) -> None:
    fast, _ = spaces(groups)
    everything = np.arange(sum(map(len, groups)))
    some = np.array(sorted(data.draw(st.sets(st.sampled_from(everything.tolist()), min_size=1))))
    np.testing.assert_allclose(
        fast.gram(some), fast.gram(everything)[np.ix_(some, some)], atol=1e-5
    )


def test_a_query_of_unknown_words_is_far_from_everything() -> None:
    fast = space("talks held", "war")
    query = fast.query(["xyzzy"])
    assert similarities(fast, query) == [0, 0]
    assert fast.bm25(query).tolist() == [0, 0]
    assert fast.known(query, np.arange(2)).tolist() == [0, 0]
    assert query.weights.sum() == 0


def test_a_query_is_as_near_as_can_be_to_itself() -> None:
    fast = space("talks in abu dhabi", "war")
    near = similarities(fast, fast.query("talks in abu dhabi".split()))
    assert near[0] == pytest.approx(1, abs=1e-5)
    assert near[1] < 0.2


def test_unknown_words_take_their_share_of_a_query() -> None:
    fast = space("talks in abu dhabi", "war")
    clean = similarities(fast, fast.query(["abu", "dhabi"]))
    mixed = similarities(fast, fast.query("abu dhabi xyzzy plugh".split()))
    assert 0 < mixed[0] < clean[0]


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    fast = space("peace donbas", "peace war", "peace talks")
    query = fast.query(["peace", "donbas"])
    common, rare = fast.query(["peace"]), fast.query(["donbas"])
    assert similarities(fast, rare)[0] > similarities(fast, common)[0]
    shares = dict(zip(query.stems.tolist(), query.weights.tolist(), strict=True))
    assert shares[int(rare.stems[0])] > shares[int(common.stems[0])]
